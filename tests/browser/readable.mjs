// What somebody who looks at a page could not read: cut text, words of the other language.

// Runs in the page. A text may end in … only where its `title` says the whole; `sideways`: a list may be scrolled so.
export function cutTexts(sideways) {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only, .skip-link, [aria-hidden=true], select');
  const rectOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  // The nearest thing with an edge that the text must stay within.
  function cutter(element, text) {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      const isBox = around.matches('button, td, th, li, .card, [role=dialog]');
      if (sideways && ['auto', 'scroll'].includes(style.overflowX)) return null;
      if (text.right > edge.right + 1.5 && (style.overflowX !== 'visible' || isBox)) return around;
      if (text.bottom > edge.bottom + 1.5 && ['hidden', 'clip'].includes(style.overflowY)) return around;
      if (['auto', 'scroll'].includes(style.overflowX) || style.position === 'fixed') return null;
    }
    return null;
  }
  for (const element of document.body.querySelectorAll('*')) {
    const texts = ownText(element);
    if (texts.length === 0 || !isShown(element)) continue;
    for (const node of texts) {
      const by = cutter(element, rectOf(node));
      if (by && !element.closest('[title]')) found.push(`cut by ${by.className || by.tagName}: “${node.textContent.trim().slice(0, 30)}”`);
    }
  }
  return found;
}

// Runs in the page: Chinese on an English page. `known`: names and words that are data, not ours to translate.
export function untranslated(known) {
  const found = [];
  const strip = known.filter((word) => word !== '').sort((a, b) => b.length - a.length);
  function judge(text, where) {
    let rest = text.replace(/\p{Script=Han}{1,2}\*+/gu, '');
    for (const word of strip) rest = rest.replaceAll(word, '');
    if (/\p{Script=Han}/u.test(rest)) found.push(`${where} “${text.trim().slice(0, 40)}”`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.checkVisibility()) judge(node.textContent, 'text');
  }
  for (const name of ['aria-label', 'title', 'placeholder']) {
    for (const element of document.body.querySelectorAll(`[${name}]`)) judge(element.getAttribute(name), name);
  }
  return found;
}
