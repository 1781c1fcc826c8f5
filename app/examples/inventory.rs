//! Parses lines into an enum and reports what cannot be read, without a panic.

use std::{collections::BTreeMap, fmt, str::FromStr};

enum Command {
    Add { item: String, count: u32 },
    Remove { item: String, count: u32 },
}

#[derive(Debug)]
struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no command", self.0)
    }
}

impl FromStr for Command {
    type Err = Unreadable;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        let unreadable = || Unreadable(line.into());
        let mut words = line.split_whitespace();
        let (verb, count, item) = match (words.next(), words.next(), words.next()) {
            (Some(verb), Some(count), Some(item)) => (verb, count, item.to_owned()),
            _ => return Err(unreadable()),
        };
        let count = count.parse().map_err(|_| unreadable())?;
        match verb {
            "add" => Ok(Self::Add { item, count }),
            "remove" => Ok(Self::Remove { item, count }),
            _ => Err(unreadable()),
        }
    }
}

fn main() {
    let mut stock: BTreeMap<String, u32> = BTreeMap::new();
    for line in ["add 5 apples", "add 2 pears", "remove 3 apples", "eat an apple"] {
        match line.parse() {
            Ok(Command::Add { item, count }) => *stock.entry(item).or_default() += count,
            Ok(Command::Remove { item, count }) => {
                let left = stock.entry(item).or_default();
                *left = left.saturating_sub(count);
            }
            Err(error) => println!("{error}"),
        }
    }
    println!("{stock:#?}");
}
