// The list as a file for a spreadsheet: what the page shows, masked as it is there, and nothing more.
//
// Invariants  I1  no cell is a formula where it is opened: what begins like one is text.
//             I2  UTF-8 with its mark, or a spreadsheet takes 𬭎 for something else.
import type { AppointmentRow } from '@/api';
import { t, tOf } from '@/i18n';

const MARK = '\uFEFF';
const LINE = '\r\n';
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export interface Names { itemOf: (code: string) => string; stationOf: (path: string) => string }

export function recordsCsv(rows: AppointmentRow[], { itemOf, stationOf }: Names): string {
  const head = [
    t('records.station'), t('records.number'), t('records.name'), t('records.agent'), t('records.phone'), t('records.item'),
    t('records.day'), t('records.window'), t('records.life'), t('records.rung'),
  ];
  const lines = rows.map((row) => [
    stationOf(row.station), row.number, row.name, row.agent ?? '', row.phone_tail ? `…${row.phone_tail}` : '', itemOf(row.item),
    row.date, row.window, tOf('life', row.life), tOf('rung', row.rung),
  ]);
  return MARK + [head, ...lines].map((line) => line.map(cell).join(',') + LINE).join('');
}
