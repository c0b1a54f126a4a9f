export { HEALTH_WORDS, healthOfRun, healthOfStep, type Health } from './health';
export { StatusBadge, StatusIcon, StatusText, healthColor } from './StatusText';
