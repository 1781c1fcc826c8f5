"""The sieve of Eratosthenes: primes without a single division."""


def primes(limit):
    is_prime = [True] * limit
    for number in range(2, limit):
        if is_prime[number]:
            yield number
            for multiple in range(number * number, limit, number):
                is_prime[multiple] = False


found = list(primes(100))
print(found)
print(len(found), "primes below 100")
