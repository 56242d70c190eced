// What W2 asks for, and what can be said about it before the node is asked. The node has the last word.
import type { Schemas } from '@/api';
import type { Failure } from '@/composables/failure';
import { t } from '@/i18n';
import { dayText } from '@/i18n/moments';

export type DocumentKind = Schemas['Document']['kind'];
export const DOCUMENT_KINDS: DocumentKind[] = ['resident_id', 'hmt_residence', 'foreign_permanent', 'hm_permit', 'taiwan_permit', 'passport', 'other'];
export const CHANNELS = ['window', 'phone', 'hotline'] as const;

export type AgentBasis = Schemas['AgentBasis'];
export const AGENT_BASES: AgentBasis[] = ['power_of_attorney', 'legal_guardian'];
export const WHO = ['self', 'agent'] as const;
export const WHOLE = 18; // characters of a document number that is masked

export interface AgentForm {
  name: string;
  kind: DocumentKind;
  number: string;
  phone: string;
  basis: AgentBasis;
  until: string; // YYYY-MM-DD, of a power of attorney
}
export interface BookingForm {
  who: (typeof WHO)[number]; // 本人 or 代办
  agent: AgentForm;
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
export type AgentField = 'agent.name' | 'agent.number' | 'agent.phone' | 'agent.until';
export type Field = 'name' | 'number' | 'phone' | AgentField | 'item' | 'window' | 'note';
export type Errors = Partial<Record<Field, string | Failure | undefined>>;
export const AGENT_ORDER: AgentField[] = ['agent.name', 'agent.number', 'agent.phone', 'agent.until'];
export const FIELD_ORDER: Field[] = ['name', 'number', 'phone', ...AGENT_ORDER, 'item', 'window', 'note'];

export const emptyAgent = (): AgentForm => ({ name: '', kind: 'resident_id', number: '', phone: '', basis: 'power_of_attorney', until: '' });
export const emptyForm = (): BookingForm => ({
  who: 'self', agent: emptyAgent(), name: '', kind: 'resident_id', number: '', phone: '', noPhone: false, item: '', toBring: [], date: '', window: '', note: '', channel: 'window',
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

const isPhone = (digits: string): boolean => /^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits);

function phoneError(form: BookingForm): string | undefined {
  if (form.noPhone) return undefined;
  const digits = digitsOf(form.phone);
  if (digits === '') return t('book.phone_missing');
  return isPhone(digits) ? undefined : t('book.phone_wrong', { count: digits.length });
}

const isWrongId = (kind: DocumentKind, number: string): boolean => hasIdShape(kind) && !isResidentId(number.trim());

function numberError(form: BookingForm): string | undefined {
  if (form.number.trim() === '') return t('book.number_missing');
  return isWrongId(form.kind, form.number) ? t('book.number_wrong') : undefined;
}

const spelt = (number: string): string => number.trim().toUpperCase();

function agentNumberError({ agent, number }: BookingForm): string | undefined {
  if (agent.number.trim() === '') return undefined;
  if (isWrongId(agent.kind, agent.number)) return t('book.number_wrong');
  return spelt(agent.number) === spelt(number) ? t('book.agent_same') : undefined;
}

function agentPhoneError({ agent }: BookingForm): string | undefined {
  const digits = digitsOf(agent.phone);
  if (digits === '') return agent.number.trim() === '' ? t('book.agent_unknown') : undefined;
  return isPhone(digits) ? undefined : t('book.agent_phone_wrong', { count: digits.length });
}

// A written authority has to be good on the day of the appointment.
function agentUntilError({ agent, date }: BookingForm): string | undefined {
  if (agent.basis !== 'power_of_attorney') return undefined;
  if (agent.until === '') return t('book.agent_until_missing');
  return date !== '' && agent.until < date ? t('book.agent_until_short', { day: dayText(date) }) : undefined;
}

const agentErrors = (form: BookingForm): Errors => ({
  'agent.name': form.agent.name.trim() === '' ? t('book.name_missing') : undefined,
  'agent.number': agentNumberError(form), 'agent.phone': agentPhoneError(form), 'agent.until': agentUntilError(form),
});

export function errorsOf(form: BookingForm): Errors {
  const found: Errors = {};
  const add = (field: Field, text: string | Failure | undefined): void => { if (text) found[field] = text; };
  add('name', form.name.trim() === '' ? t('book.name_missing') : undefined);
  add('number', numberError(form));
  add('phone', phoneError(form));
  if (form.who === 'agent') for (const [field, text] of Object.entries(agentErrors(form))) add(field as Field, text);
  add('item', form.item === '' ? t('book.item_missing') : undefined);
  add('window', form.window === '' ? t('book.window_missing') : undefined);
  return found;
}

function agentOf(agent: AgentForm): Schemas['NewAgent'] {
  const phone = digitsOf(agent.phone);
  return {
    name: agent.name.trim(), basis: agent.basis,
    ...(agent.number.trim() === '' ? {} : { document: { kind: agent.kind, number: spelt(agent.number) } }), ...(phone === '' ? {} : { phone }),
    ...(agent.basis === 'power_of_attorney' ? { valid_until: agent.until } : {}),
  };
}

export function bodyOf(form: BookingForm): Schemas['NewAppointment'] {
  const phone = digitsOf(form.phone);
  return {
    item: form.item, date: form.date, window: form.window, name: form.name.trim(),
    document: { kind: form.kind, number: spelt(form.number) }, channel: form.channel,
    ...(form.noPhone || phone === '' ? {} : { phone }), ...(form.note === '' ? {} : { note: form.note }),
    ...(form.who === 'agent' ? { agent: agentOf(form.agent) } : {}), ...(form.toBring.length === 0 ? {} : { to_bring: form.toBring }),
  };
}

const FIELD_OF: Record<string, Field> = {
  name: 'name', 'document.number': 'number', 'document.kind': 'number', phone: 'phone', item: 'item', date: 'window', window: 'window',
  cut_off: 'window', calendar: 'window', note: 'note', to_bring: 'item',
  'agent.name': 'agent.name', 'agent.document.number': 'agent.number', 'agent.document.kind': 'agent.number', 'agent.phone': 'agent.phone',
  'agent.valid_until': 'agent.until',
};
export const fieldOf = (field: string): Field | undefined => FIELD_OF[field];
