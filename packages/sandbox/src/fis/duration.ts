/** ISO 8601 as FIS takes it, such as `PT1H30M10S` or `P1D`, in milliseconds; undefined for anything else. */
export function durationMs(text: string | undefined): number | undefined {
  const match =
    /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
      text ?? '',
    );
  if (!match || match.slice(1).every(part => part === undefined)) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
