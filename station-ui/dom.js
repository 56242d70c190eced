// Small helpers over the page: elements by id, badges, errors beside their fields.
/** @type {(id: string) => any} */
export const $ = (id) => document.getElementById(id);

export function badge([text, tone]) {
  const span = document.createElement('span');
  span.className = `badge ${tone}`;
  span.textContent = text;
  return span;
}

export function cell(content, className = '') {
  const td = document.createElement('td');
  td.className = className;
  td.append(content);
  return td;
}

export function clearErrors(form) {
  form.querySelectorAll('.field-error').forEach((old) => old.remove());
  form.querySelectorAll('[aria-invalid]').forEach((input) => {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  });
  form.querySelectorAll('.error').forEach((line) => { line.hidden = true; });
}

// Shows a problem beside its field, or at the foot of the form; focuses what has to be put right.
export function showProblem(form, problem) {
  const input = problem.field && form.elements.namedItem(problem.field);
  if (input) {
    const line = document.createElement('p');
    line.className = 'error field-error';
    line.id = `error-${problem.field}`;
    line.textContent = `${problem.message}：${problem.hint}`;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', line.id);
    input.closest('label').append(line);
    input.focus();
    return;
  }
  const foot = form.querySelector('.error:not(.field-error)');
  foot.textContent = `${problem.message}：${problem.hint}`;
  foot.hidden = false;
}

export function options(select, rows, text) {
  const chosen = select.value;
  select.replaceChildren(...rows.map((row) => {
    const option = document.createElement('option');
    [option.value, option.textContent, option.disabled] = text(row);
    return option;
  }));
  if (rows.some((row) => text(row)[0] === chosen)) select.value = chosen;
}

let fading;
export function notify(text, good = false) {
  const line = $('notice');
  line.textContent = text;
  line.classList.toggle('good', good);
  line.hidden = text === '';
  clearTimeout(fading);
  if (good) fading = setTimeout(() => { line.hidden = true; }, 6000);
}

export function isoDate(at) {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
export function shifted(date, days) {
  const at = new Date(`${date}T12:00:00`);
  at.setDate(at.getDate() + days);
  return isoDate(at);
}
