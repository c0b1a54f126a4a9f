/**
 * The guard that stands between us and each process we start: a shell that leads a process group of its own, holds a
 * pipe from us, and ends the group when the pipe closes. So nothing outlives us, however we die, `kill -9` included.
 *
 * It is passed inline (`sh -c`) because a process that runs as another user may be unable to read our files.
 * Arguments: the signal that asks the process to end, the seconds it is given, the command and its arguments.
 */
export const guardScript = `
signal=$1; grace=$2; shift 2
trap : TERM INT HUP
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
(
  trap - TERM INT HUP
  cat <&3 >/dev/null
  kill -s "$signal" "$child" 2>/dev/null
  tenths=$((grace * 10))
  while [ "$tenths" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; tenths=$((tenths - 1)); done
  kill -s KILL "$child" 2>/dev/null
  kill -s KILL 0
) >/dev/null 2>&1 &
exec 3<&-
code=0
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
kill -s TERM 0
exit "$code"
`;
