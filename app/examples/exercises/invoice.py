# flint: task
# Print an invoice: a line for each thing with its price, two digits after the point,
# then a line of dashes, then the total.
# The things and their prices are in “basket”. The expected output has ten places for the name and eight for the price.
# flint: setup
basket = [("apples", 2.4), ("bread", 3.15), ("cheese", 5)]
# flint: open
for name, price in basket:
    print(name, price)
# flint: expected
# apples        2.40
# bread         3.15
# cheese        5.00
# ------------------
# total        10.55
