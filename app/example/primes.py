"""Prime numbers, with a sieve."""


def primes(limit):
    """Return all primes below limit."""
    sieve = [True] * limit
    found = []
    for number in range(2, limit):
        if sieve[number]:
            found.append(number)
            for multiple in range(number * number, limit, number):
                sieve[multiple] = False
    return found


def is_prime(number):
    """Return True if number is prime."""
    if number < 2:
        return False
    for divisor in range(2, int(number ** 0.5) + 1):
        if number % divisor == 0:
            return 


if __name__ == "__main__":
    for prime in primes(50):
        print(prime, is_prime(prime))
