"""Guess a number: each answer says higher or lower."""

import random

secret = random.randint(1, 100)
guesses = 0
while True:
    guess = int(input("Your guess (1 to 100): "))
    guesses += 1
    if guess == secret:
        print("Yes! You needed", guesses, "guesses.")
        break
    print("higher" if guess < secret else "lower")
