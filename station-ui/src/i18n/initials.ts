// First letters of the pinyin of a Chinese text, without a dictionary: the browser's own pinyin collation
// and the first character of each letter. 城乡居民 → cxjm.
const FIRST: [string, string][] = [
  ['阿', 'a'], ['芭', 'b'], ['擦', 'c'], ['搭', 'd'], ['蛾', 'e'], ['发', 'f'], ['噶', 'g'], ['哈', 'h'], ['击', 'j'],
  ['喀', 'k'], ['垃', 'l'], ['妈', 'm'], ['拿', 'n'], ['哦', 'o'], ['啪', 'p'], ['期', 'q'], ['然', 'r'], ['撒', 's'],
  ['塌', 't'], ['挖', 'w'], ['昔', 'x'], ['压', 'y'], ['匝', 'z'],
];
const collator = new Intl.Collator('zh-u-co-pinyin');
const isHan = (letter: string): boolean => /\p{Script=Han}/u.test(letter);

function initialOf(letter: string): string {
  if (!isHan(letter)) return /[a-z0-9]/i.test(letter) ? letter.toLowerCase() : '';
  let found = '';
  for (const [first, initial] of FIRST) {
    if (collator.compare(first, letter) > 0) break;
    found = initial;
  }
  return found;
}

export const initialsOf = (text: string): string => [...text].map(initialOf).join('');
