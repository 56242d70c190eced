// The code with which a device is paired: eight characters of these, as the lead's page shows them.
export const CODE_LENGTH = 8;
export const CODE_ROWS = ['23456789', 'ABCDEFGHI', 'JKLMNOPQR', 'STUVWXYZ'];
const ALPHABET = CODE_ROWS.join('');

// What was typed, in the form of a code: capitals, and nothing that no code holds.
export const codeOf = (typed: string): string =>
  [...typed.toUpperCase()].filter((sign) => ALPHABET.includes(sign)).join('').slice(0, CODE_LENGTH);

// Where each kind of device lives.
export const placeOf = (device: { kind: 'display' | 'eval' | 'ticket'; window: number | null }): string =>
  device.kind === 'eval' ? `/eval/${device.window ?? ''}` : `/${device.kind}`;
