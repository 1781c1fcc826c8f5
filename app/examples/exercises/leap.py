# flint: task
# leap(year) says whether a year has a 29th of February.
# Every fourth year has one; but of the full centuries only every fourth.
# flint: fixed
def leap(year):
# flint: open
    return year % 4 == 0
# flint: fixed

for year in (1900, 2000, 2023, 2024):
    print(year, leap(year))
# flint: tests
def test_every_fourth_year():
    equal([leap(2024), leap(2023), leap(2022)], [True, False, False])

def test_a_full_century_has_none():
    equal([leap(1900), leap(2100)], [False, False])

def test_every_fourth_century_has_one():
    equal([leap(1600), leap(2000)], [True, True])
# flint: expected
# 1900 False
# 2000 True
# 2023 False
# 2024 True
