/**
 * A cell that begins like this is run as a formula by a spreadsheet (OWASP, “CSV Injection”). Cells that already hold
 * the guard before such a sign count as well, so that guarding and unguarding undo each other for every value.
 */
const like = /^'*[=+@\t\r\n\0-]/;

/** Makes a cell safe to open in a spreadsheet. */
export function guarded(cell: string): string {
  return like.test(cell) ? `'${cell}` : cell;
}

/** The value of a cell that may have been guarded. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && like.test(cell) ? cell.slice(1) : cell;
}
