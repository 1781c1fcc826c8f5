// Something wrong in the project that is worth a sentence and its places, not a stack.

const MOST_PLACES = 30;

export class ProjectError extends Error {
  /** `trace` holds places, innermost first. */
  constructor(message, trace = []) {
    super(message);
    this.trace = trace.slice(0, MOST_PLACES);
  }
}
