"""Finds the shortest way through a maze by breadth-first search."""

MAZE = """
#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......E#
#########
""".strip().split("\n")


def find(mark):
    for y, row in enumerate(MAZE):
        if mark in row:
            return row.index(mark), y


def shortest(start, end):
    ways = {start: None}
    queue = [start]
    for x, y in queue:
        if (x, y) == end:
            break
        for place in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if MAZE[place[1]][place[0]] != "#" and place not in ways:
                ways[place] = (x, y)
                queue.append(place)
    way = []
    place = end
    while place:
        way.append(place)
        place = ways[place]
    return way


way = shortest(find("S"), find("E"))
for y, row in enumerate(MAZE):
    print("".join("*" if (x, y) in way and c == "." else c for x, c in enumerate(row)))
print(len(way) - 1, "steps")
