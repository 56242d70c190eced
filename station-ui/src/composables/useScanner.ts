// Wedge scanners and card readers: they type fast and end with Enter, wherever the focus is.
// What they typed into a field is taken out again, and what was read is given to whoever listens.
import { onScopeDispose } from 'vue';
import { isShut } from './shut';

const GAP_MS = 50;
const LENGTH_MAX = 160;
const CODE = /YZ1:[0-9A-Z:./+\-$%*]{4,128}$/;
// A card: its number, with the name before it where the reader gives one.
const CARD = /(?:([\p{Script=Han}·]{2,32})[ ,;|]?)?(\d{17}[\dX])$/u;

// Either a slip's code, or a card's number and perhaps its name.
export interface Scan { code?: string; document?: string; name?: string }
type Reader = (scan: Scan) => void;
type TextField = HTMLInputElement | HTMLTextAreaElement;
interface Stroke { text: string; atMs: number; field: TextField | null; before: string }

const readers: Reader[] = [];
let strokes: Stroke[] = [];
let keyed = false; // the next `beforeinput` is that of a key which is counted already

const SHIFTED: Record<string, string> = { Semicolon: ':', Equal: '+', Digit4: '$', Digit5: '%', Digit8: '*' };
const PLAIN: Record<string, string> = { Minus: '-', Period: '.', Slash: '/', Space: ' ', Comma: ',', NumpadSubtract: '-', NumpadDecimal: '.' };

// By event.code: an input method turns event.key into "Process".
function textOf(event: KeyboardEvent): string {
  if (event.altKey || event.ctrlKey || event.metaKey) return '';
  if (event.shiftKey && SHIFTED[event.code]) return SHIFTED[event.code] ?? '';
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter) return letter;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? PLAIN[event.code] ?? '';
}

const fieldOf = (target: EventTarget | null): TextField | null =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;

export function scanOf(text: string): { scan: Scan; length: number } | null {
  const code = CODE.exec(text)?.[0];
  if (code) return { scan: { code }, length: code.length };
  const card = CARD.exec(text);
  if (!card?.[2]) return null;
  return { scan: { document: card[2], ...(card[1] ? { name: card[1] } : {}) }, length: card[0].length };
}

function restore(stroke: Stroke): void {
  const field = stroke.field;
  if (!field || field.value === stroke.before) return;
  field.value = stroke.before;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

// The stroke with which the last `length` characters began.
function strokeAt(length: number): Stroke | undefined {
  let left = length;
  return [...strokes].reverse().find((stroke) => (left -= stroke.text.length) <= 0);
}

function finish(event: KeyboardEvent): void {
  const read = scanOf(strokes.map((stroke) => stroke.text).join(''));
  const first = read ? strokeAt(read.length) : undefined;
  strokes = [];
  if (!read || !first) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  restore(first);
  if (!isShut()) readers.at(-1)?.(read.scan);
}

// By the time of the key, not of its handling: a page that is busy for a moment is no person who types slowly.
function add(text: string, { target, timeStamp }: Event): void {
  const last = strokes.at(-1);
  if (last && timeStamp - last.atMs > GAP_MS) strokes = [];
  if (text === '' || strokes.length >= LENGTH_MAX) { strokes = []; return; }
  const field = fieldOf(target);
  strokes.push({ text, atMs: timeStamp, field, before: field?.value ?? '' });
}

function onKey(event: KeyboardEvent): void {
  if (event.code === '' || event.key === 'Unidentified' || /^Shift/.test(event.code)) return;
  const last = strokes.at(-1);
  if (event.code === 'Enter' || event.code === 'NumpadEnter') {
    if (last && event.timeStamp - last.atMs > GAP_MS) strokes = [];
    return finish(event);
  }
  add(textOf(event), event);
  keyed = true;
}

// Characters that no key has: the name on a card.
function onInput(event: InputEvent): void {
  const counted = keyed;
  keyed = false;
  if (!counted && event.data) add(event.data, event);
}
// While the focus is on a list or a choice, a letter goes to the text field where the caret was left.
function onPut({ target, data }: InputEvent): void {
  const stroke = strokes.at(-1);
  const field = fieldOf(target);
  if (!stroke || !field || !data || stroke.field === field) return;
  const end = field.selectionStart ?? field.value.length;
  Object.assign(stroke, { field, before: field.value.slice(0, end - data.length) + field.value.slice(end) });
}
const onUp = (): void => { keyed = false; };

function listen(on: boolean): void {
  const change = on ? window.addEventListener : window.removeEventListener;
  change.call(window, 'keydown', onKey as EventListener, true);
  change.call(window, 'beforeinput', onInput as EventListener, true);
  change.call(window, 'input', onPut as EventListener, true);
  change.call(window, 'keyup', onUp, true);
}

// The newest listener gets what is scanned.
export function useScanner(reader: Reader): void {
  if (readers.length === 0) listen(true);
  readers.push(reader);
  onScopeDispose(() => {
    readers.splice(readers.indexOf(reader), 1);
    if (readers.length === 0) listen(false);
  });
}
