// What a hand-written form says (补录): its number, when it was written, and a booking or a visit.
// Business time is the form's; when it is entered, the node writes down itself.
import type { Schemas } from '@/api';
import type { Failure } from '@/composables/failure';
import { t } from '@/i18n';
import { bodyOf, emptyForm, errorsOf, type BookingForm, type Errors } from './bookingForm';

export const LATE_KINDS = ['booked', 'walk_in'] as const;
export const OUTCOMES = ['done', 'consulted', 'incomplete', 'waiting'] as const; // waiting: not served yet
export interface LateForm extends BookingForm {
  paper: string;
  day: string; // of the form, YYYY-MM-DD
  time: string; // HH:MM
  what: (typeof LATE_KINDS)[number];
  outcome: (typeof OUTCOMES)[number];
}
export type LateErrors = Errors & { paper?: string | Failure | undefined; when?: string | Failure | undefined };
export type LateField = keyof LateErrors;
export const LATE_ORDER: LateField[] = ['paper', 'when', 'name', 'number', 'phone', 'item', 'note', 'window'];

export const emptyLate = (): LateForm => ({ ...emptyForm(), paper: '', day: '', time: '', what: 'booked', outcome: 'done' });

const CODE = /^YZ1:/;
const PARTS = /^(\d{9})(\d{4})(\d{4,})(\d)$/;

// ISO/IEC 7064 MOD 11,10 over the digits before the last.
function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}

// The number as it is printed, of a scanned code or of typed digits; empty when a digit is wrong.
export function paperNumberOf(text: string): string {
  const parts = PARTS.exec(text.trim().toUpperCase().replace(CODE, '').replace(/[\s-]/g, ''));
  if (!parts) return '';
  const [station = '', day = '', counter = '', check = ''] = parts.slice(1);
  return checkDigit(station + day + counter) === Number(check) ? `${station}-${day}-${counter}-${check}` : '';
}

// undefined: not filled in.
export const occurredAt = (form: LateForm): number | undefined => {
  const at = Date.parse(`${form.day}T${form.time}:00+08:00`);
  return Number.isNaN(at) ? undefined : at;
};

const paperError = (form: LateForm): string | undefined =>
  form.paper.trim() === '' ? t('late.paper_missing') : paperNumberOf(form.paper) === '' ? t('late.paper_wrong') : undefined;

function whenError(form: LateForm, nowMs: number): string | undefined {
  const at = occurredAt(form);
  if (at === undefined) return t('late.when_missing');
  return at > nowMs ? t('late.when_future') : undefined;
}

// A visit needs nothing but its item; what is filled in has to be right.
function visitErrors(form: LateForm): Errors {
  const { item, number, phone } = errorsOf({ ...form, noPhone: form.noPhone || form.phone.trim() === '' });
  return { item, phone, ...(form.number.trim() === '' ? {} : { number }) };
}

export function lateErrorsOf(form: LateForm, nowMs: number): LateErrors {
  const found: LateErrors = { paper: paperError(form), when: whenError(form, nowMs), ...(form.what === 'booked' ? errorsOf(form) : visitErrors(form)) };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
}

const written = (form: LateForm): { occurred_at_ms: number; paper_number: string } =>
  ({ occurred_at_ms: occurredAt(form) ?? 0, paper_number: paperNumberOf(form.paper) });

export const lateBookingOf = (form: LateForm): Schemas['NewAppointment'] => ({ ...bodyOf(form), ...written(form) });

export function lateVisitOf(form: LateForm): Schemas['NewVisit'] {
  const { item, name, document, phone, note } = bodyOf(form);
  return {
    item, ...(name === '' ? {} : { name }), ...(document.number === '' ? {} : { document }), ...(phone ? { phone } : {}), ...(note ? { note } : {}),
    ...(form.outcome === 'waiting' ? {} : { outcome: form.outcome }), ...written(form),
  };
}
