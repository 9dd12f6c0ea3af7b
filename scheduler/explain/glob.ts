/** Whether `text` matches `pattern`, where `*` stands for any characters and `?` for one. Linear in both lengths, but for stars. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let starText = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p;
      starText = t;
      p += 1;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      p = star + 1;
      starText += 1;
      t = starText;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
