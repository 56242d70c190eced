// Wedge scanners and card readers: they type fast and end with Enter, wherever the focus is.
// What they typed into a field is taken out again, and the text is given to whoever listens.
import { onScopeDispose } from 'vue';

const GAP_MS = 50;
const LENGTH_MAX = 160;
const SCAN = /(YZ1:[0-9A-Z:./+\-$%*]{4,128}|\d{17}[\dX])$/;

interface Stroke { text: string; atMs: number; field: HTMLInputElement | HTMLTextAreaElement | null; before: string }
type Reader = (text: string) => void;

const readers: Reader[] = [];
let strokes: Stroke[] = [];

const SHIFTED: Record<string, string> = { Semicolon: ':', Equal: '+', Digit4: '$', Digit5: '%', Digit8: '*' };
const PLAIN: Record<string, string> = { Minus: '-', Period: '.', Slash: '/', NumpadSubtract: '-', NumpadDecimal: '.' };

// By event.code: an input method turns event.key into "Process".
function textOf(event: KeyboardEvent): string {
  if (event.altKey || event.ctrlKey || event.metaKey) return '';
  if (event.shiftKey && SHIFTED[event.code]) return SHIFTED[event.code] ?? '';
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter) return letter;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? PLAIN[event.code] ?? '';
}

const fieldOf = (target: EventTarget | null): Stroke['field'] =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;

function restore(stroke: Stroke): void {
  const field = stroke.field;
  if (!field || field.value === stroke.before) return;
  field.value = stroke.before;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function finish(event: KeyboardEvent): void {
  const text = strokes.map((stroke) => stroke.text).join('');
  const scanned = SCAN.exec(text)?.[0];
  const first = scanned ? strokes[strokes.length - scanned.length] : undefined;
  strokes = [];
  if (!scanned || !first) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  restore(first);
  readers.at(-1)?.(scanned);
}

function onKey(event: KeyboardEvent): void {
  if (event.code === 'ShiftLeft' || event.code === 'ShiftRight') return;
  const now = performance.now();
  const last = strokes.at(-1);
  if (last && now - last.atMs > GAP_MS) strokes = [];
  if (event.code === 'Enter' || event.code === 'NumpadEnter') return finish(event);
  const text = textOf(event);
  if (text === '' || strokes.length >= LENGTH_MAX) { strokes = []; return; }
  const field = fieldOf(event.target);
  strokes.push({ text, atMs: now, field, before: field?.value ?? '' });
}

// The newest listener gets what is scanned.
export function useScanner(reader: Reader): void {
  if (readers.length === 0) window.addEventListener('keydown', onKey, true);
  readers.push(reader);
  onScopeDispose(() => {
    readers.splice(readers.indexOf(reader), 1);
    if (readers.length === 0) window.removeEventListener('keydown', onKey, true);
  });
}
