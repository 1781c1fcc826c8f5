//! A stack that remembers its largest item.

#[derive(Debug, Default)]
pub struct MaxStack {
    items: Vec<i64>,
    largest: Vec<i64>,
}

impl MaxStack {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, item: i64) {
        let largest = self.max().map_or(item, |max| max.max(item));
        self.items.push(item);
        self.largest.push(largest);
    }

    pub fn pop(&mut self) -> Option<i64> {
        self.largest.pop();
        self.items.pop()
    }

    pub fn max(&self) -> Option<i64> {
        self.largest.last().copied()
    }

    pub fn is_empty(&self) -> bool {
        
    }
}
