// What a peer says by itself: its errors, and what it prints. A person may read either.
import util from 'node:util';

const told = [];
// Said at every start, whatever happens.
const ROUTINE = /^Persisting documents to/;
const STACK = / at (\S+ )?\(?(\/|file:).*$/; // of an error, from its first frame on
const COLOUR = new RegExp('\u001b\\[[0-9;]*m|%c', 'g');

export function say(kind, ...words) {
  const text = util.format(...words.map((word) => word?.message ?? word)).replace(COLOUR, '').replace(/\s+/g, ' ').replace(STACK, '').slice(0, 160);
  if (!ROUTINE.test(text)) told.push(`${kind}: ${text}`);
}

export const takeTold = () => told.splice(0);

export function setUpTold() {
  for (const level of ['log', 'info', 'warn', 'error']) console[level] = (...words) => say('note', util.format(...words));
  process.on('unhandledRejection', (error) => say('error', error));
  process.on('uncaughtException', (error) => say('error', error));
}
