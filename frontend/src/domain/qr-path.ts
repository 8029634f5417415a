/** A QR code as the `d` of one SVG path, a rectangle for each run of dark cells. */

/** Clear cells that a QR code needs on each side (ISO/IEC 18004). */
export const QUIET_ZONE = 4

/** `rows`: a string of 0 and 1 (dark) a row, as the API has them; the path leaves the quiet zone free. */
export function qrPath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        ({ index, 0: run }) => `M${index + QUIET_ZONE} ${y + QUIET_ZONE}h${run.length}v1h-${run.length}z`,
      ),
    )
    .join('')
}

/** The side of the whole picture in cells. */
export const qrSide = (rows: readonly string[]): number => rows.length + 2 * QUIET_ZONE
