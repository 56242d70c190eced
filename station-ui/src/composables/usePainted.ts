// What was just said stands on the screen before the work begins that may wait: the frame after the next.
// A page that is not shown has no frames; there the time does.
const HIDDEN_MS = 100;

export function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
    setTimeout(done, HIDDEN_MS);
  });
}
