// A to-do list that keeps its order.

export class TodoList {
  #items = [];

  add(title) {
    this.#items.push({ title, done: false });
    return this;
  }

  finish(title) {
    const item = this.#items.find((item) => item.title === title);
    if (item) item.done = true;
    return this;
  }

  remaining() {
    return this.#items.filter((item) => 
  }
}

const list = new TodoList();
list.add("write code").add("test it").add("ship it");
list.finish("write code");
console.log(list.remaining());
