// What a complaint says, and what can be said about it before the node is asked.
import type { Ask } from '@/api';
import type { Failure } from '@/composables/failure';
import { t } from '@/i18n';

export type NewComplaint = NonNullable<Ask<'complain'>['body']>;
export const ABOUTS = ['service', 'staff', 'wait', 'facility', 'other'] as const;
export const FACTS = ['refusal', 'delay', 'attitude', 'absence', 'demand', 'other'] as const;
export const TEXT_MAX = 2000;
export const WISH_MAX = 500;

export interface ComplaintForm {
  about: (typeof ABOUTS)[number];
  fact: (typeof FACTS)[number];
  day: string;
  time: string;
  text: string;
  wish: string;
  anonymous: boolean;
  name: string;
  phone: string;
  window: string; // number of the window it is about; empty: none
}
export type ComplaintField = 'when' | 'text' | 'wish' | 'name' | 'phone' | 'window';
export const COMPLAINT_ORDER: ComplaintField[] = ['when', 'window', 'text', 'wish', 'name', 'phone'];
export type ComplaintErrors = Partial<Record<ComplaintField, string | Failure | undefined>>;

export const emptyComplaint = (day = ''): ComplaintForm =>
  ({ about: 'service', fact: 'delay', day, time: '', text: '', wish: '', anonymous: false, name: '', phone: '', window: '' });

const happenedAt = (form: ComplaintForm): number => Date.parse(`${form.day}T${form.time}:00+08:00`);
const digitsOf = (text: string): string => text.replace(/[\s-]/g, '');

function whenError(form: ComplaintForm, nowMs: number): string | undefined {
  const at = happenedAt(form);
  if (Number.isNaN(at)) return t('complaint.when_missing');
  return at > nowMs ? t('complaint.when_future') : undefined;
}
function phoneError(form: ComplaintForm): string | undefined {
  const digits = digitsOf(form.phone);
  return digits === '' || /^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits) ? undefined : t('complaint.phone_wrong', { count: digits.length });
}
const isWindow = (text: string): boolean => /^[1-9]\d?$/.test(text.trim());

// Who stays anonymous leaves no name and no way to be reached; everyone else gives one of them at least.
export function complaintErrors(form: ComplaintForm, nowMs: number): ComplaintErrors {
  const found: ComplaintErrors = {
    when: whenError(form, nowMs),
    text: form.text.trim() === '' ? t('complaint.text_missing') : undefined,
    window: form.window.trim() === '' || isWindow(form.window) ? undefined : t('complaint.window_wrong'),
    ...(form.anonymous ? {} : { name: form.name.trim() === '' && form.phone.trim() === '' ? t('complaint.contact_missing') : undefined, phone: phoneError(form) }),
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
}

export const complaintOf = (form: ComplaintForm): NewComplaint => ({
  about: form.about, fact: form.fact, occurred_at_ms: happenedAt(form), text: form.text.trim(), wish: form.wish.trim(), anonymous: form.anonymous,
  ...(form.anonymous || form.name.trim() === '' ? {} : { name: form.name.trim() }),
  ...(form.anonymous || digitsOf(form.phone) === '' ? {} : { phone: digitsOf(form.phone) }),
  ...(form.window.trim() === '' ? {} : { window: Number(form.window) }),
});

const FIELD_OF: Record<string, ComplaintField> = { occurred_at_ms: 'when', text: 'text', wish: 'wish', name: 'name', phone: 'phone', window: 'window' };
export const complaintField = (field: string): ComplaintField | undefined => FIELD_OF[field];
