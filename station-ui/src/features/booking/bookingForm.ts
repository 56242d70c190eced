// What W2 asks for, and what can be said about it before the node is asked. The node has the last word.
import type { Schemas } from '@/api';
import { t } from '@/i18n';

export type DocumentKind = Schemas['Document']['kind'];
export const DOCUMENT_KINDS: DocumentKind[] = ['resident_id', 'hmt_residence', 'foreign_permanent', 'hm_permit', 'taiwan_permit', 'passport', 'other'];
export const CHANNELS = ['window', 'phone', 'hotline'] as const;

export interface BookingForm {
  name: string;
  kind: DocumentKind;
  number: string;
  phone: string;
  noPhone: boolean;
  item: string;
  toBring: string[]; // 待带: materials that are not there yet
  date: string;
  window: string;
  note: string;
  channel: (typeof CHANNELS)[number];
}
export type Field = 'name' | 'number' | 'phone' | 'item' | 'window' | 'note';
export type Errors = Partial<Record<Field, string | undefined>>;
export const FIELD_ORDER: Field[] = ['name', 'number', 'phone', 'item', 'window', 'note'];

export const emptyForm = (): BookingForm => ({
  name: '', kind: 'resident_id', number: '', phone: '', noPhone: false, item: '', toBring: [], date: '', window: '', note: '', channel: 'window',
});

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

// GB 11643: seventeen digits and a check character.
export function isResidentId(number: string): boolean {
  const text = number.toUpperCase();
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return CHECKS[sum % 11] === text[17];
}

const hasIdShape = (kind: DocumentKind): boolean => kind === 'resident_id' || kind === 'hmt_residence' || kind === 'foreign_permanent';

// Full years on `today` (YYYY-MM-DD), for the mark 长者; undefined when the number does not tell.
export function ageOf(number: string, today: string): number | undefined {
  if (!isResidentId(number)) return undefined;
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

export const maskedNumber = (number: string): string =>
  number.length < 10 ? '*'.repeat(number.length) : number.slice(0, 4) + '*'.repeat(number.length - 8) + number.slice(-4);

// 138 1234 5678: easier to read back to its owner.
export const groupedPhone = (phone: string): string => phone.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');

const digitsOf = (text: string): string => text.replace(/[\s-]/g, '');

function phoneError(form: BookingForm): string | undefined {
  if (form.noPhone) return undefined;
  const digits = digitsOf(form.phone);
  if (digits === '') return t('book.phone_missing');
  const isLandline = /^0\d{9,11}$/.test(digits);
  if (/^1\d{10}$/.test(digits) || isLandline) return undefined;
  return t('book.phone_wrong', { count: digits.length });
}

function numberError(form: BookingForm): string | undefined {
  if (form.number.trim() === '') return t('book.number_missing');
  return hasIdShape(form.kind) && !isResidentId(form.number.trim()) ? t('book.number_wrong') : undefined;
}

export function errorsOf(form: BookingForm): Errors {
  const found: Errors = {};
  const add = (field: Field, text: string | undefined): void => { if (text) found[field] = text; };
  add('name', form.name.trim() === '' ? t('book.name_missing') : undefined);
  add('number', numberError(form));
  add('phone', phoneError(form));
  add('item', form.item === '' ? t('book.item_missing') : undefined);
  add('window', form.window === '' ? t('book.window_missing') : undefined);
  return found;
}

export function bodyOf(form: BookingForm): Schemas['NewAppointment'] {
  const phone = digitsOf(form.phone);
  return {
    item: form.item, date: form.date, window: form.window, name: form.name.trim(),
    document: { kind: form.kind, number: form.number.trim().toUpperCase() }, channel: form.channel,
    ...(form.noPhone || phone === '' ? {} : { phone }), ...(form.note === '' ? {} : { note: form.note }),
    ...(form.toBring.length === 0 ? {} : { to_bring: form.toBring }),
  };
}

const FIELD_OF: Record<string, Field> = {
  name: 'name', 'document.number': 'number', 'document.kind': 'number', phone: 'phone', item: 'item', date: 'window', window: 'window',
  cut_off: 'window', calendar: 'window', note: 'note', to_bring: 'item',
};
export const fieldOf = (field: string): Field | undefined => FIELD_OF[field];
