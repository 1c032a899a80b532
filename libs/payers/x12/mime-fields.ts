/**
 * The fields of a multipart/form-data message by name, the first of each; undefined when it is none. A part counts only
 * where the next boundary stands behind it: what is cut off is not there.
 * Lines may end in LF alone, as some payers write them.
 */
export function readMimeFields(body: string, contentType: string | undefined): Map<string, string> | undefined {
  const boundary = boundaryOf(body, contentType);
  if (boundary === undefined) return undefined;
  const parts = partsBetween(body, boundary).flatMap((part) => readPart(part) ?? []);
  if (parts.length === 0) return undefined;
  return new Map(parts.reverse());
}

/** From the header; else the first line of the body. */
function boundaryOf(body: string, contentType = ''): string | undefined {
  const [, quoted, bare] = /\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const declared = quoted ?? bare;
  if (declared !== undefined && body.includes(`--${declared}`)) return declared;
  return /^\s{0,10}--([^\s]{1,70})\r?\n/.exec(body)?.[1];
}

/** What stands between one line that begins with the boundary and the next. */
function partsBetween(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let start: number | undefined;
  for (const at of linesThatBegin(body, `--${boundary}`)) {
    if (start !== undefined) parts.push(body.slice(start, at));
    start = at + boundary.length + 2;
  }
  return parts;
}

function linesThatBegin(body: string, delimiter: string): number[] {
  const found: number[] = [];
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at === 0 || body[at - 1] === '\n') found.push(at);
  }
  return found;
}

/** Name and value of one part: headers, an empty line, the value, a line break that belongs to the boundary. */
function readPart(part: string): [string, string][] | undefined {
  const break_ = /\r?\n\r?\n/.exec(part);
  if (break_ === null) return undefined;
  const head = part.slice(0, break_.index);
  const [, quoted, bare] =
    /^content-disposition:\s{0,10}form-data\b[^\r\n]{0,200}?;\s{0,10}name=(?:"([^"\r\n]{1,100})"|([^\s;"]{1,100}))/im.exec(
      head,
    ) ?? [];
  const name = quoted ?? bare;
  if (name === undefined) return undefined;
  return [[name, part.slice(break_.index + break_[0].length).replace(/\r?\n$/, '')]];
}
