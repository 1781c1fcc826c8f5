"""Counts the words of a text and draws a bar for each."""

TEXT = """
the rain in spain stays mainly in the plain and the plain is wet
because the rain stays in the plain
"""


def count(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


counts = count(TEXT.split())
for word, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print("{:>8} {} {}".format(word, "#" * times, times))
