export { formatMoney, formatMoneyDelta } from './money';
export { formatDuration, formatAge, formatAgeShort } from './duration';
export { formatLocalTime, formatClock, formatUtc } from './time';
export { formatCount, joinWords } from './words';
export { Duration, Money, Time, Age } from './components';
