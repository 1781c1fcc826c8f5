// A turn of its own for what follows, so that a key that is pressed meanwhile is not kept waiting.

export const turn = () => new Promise((go) => setTimeout(go));
