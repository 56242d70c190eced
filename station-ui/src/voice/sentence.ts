// Which clips, one after another, say a sentence of the hall.
import clips from './clips.json';

export type Clip = keyof typeof clips;

const isClip = (name: string): name is Clip => name in clips;

// 12 as 十二, 20 as 二十.
function numberClips(value: number): string[] {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return [...(tens > 1 ? [`${tens}`] : []), ...(tens > 0 ? ['ten'] : []), ...(ones > 0 ? [`${ones}`] : [])];
}

// 「请 A013 号到 2 号窗口办理」. Empty when a character of the ticket has no clip: then the chime alone calls.
export function callClips(ticket: string, window: number): Clip[] {
  const names = ['please', ...ticket.toUpperCase(), 'to', ...numberClips(window), 'at'];
  return names.every(isClip) ? names.filter(isClip) : [];
}
