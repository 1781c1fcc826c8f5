// Greets the world in five languages.

const greetings = ["Hello", "Bonjour", "Hallo", "Hej", "こんにちは"];
const name = "world";

for (const greeting of greetings) {
  console.log(`${greeting}, ${name}!`);
}
