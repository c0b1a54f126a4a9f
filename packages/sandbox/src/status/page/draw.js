/* eslint-env browser */

/** Makes an element; children are elements or text, which is never read as HTML. */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function button(text, onclick, pressed) {
  const made = element('button', { type: 'button', onclick }, text);
  if (pressed !== undefined) {
    made.setAttribute('aria-pressed', `${pressed}`);
  }
  return made;
}

/** Puts children into a place, unless they are what is there: the focus stays where it is. */
export function fill(id, ...children) {
  const place = document.getElementById(id);
  const before = place.innerHTML;
  const fresh = element('div', {}, ...children);
  if (fresh.innerHTML === before) {
    return;
  }
  const focused = [...place.querySelectorAll('button')].indexOf(
    document.activeElement,
  );
  place.replaceChildren(...fresh.childNodes);
  if (focused >= 0) {
    place.querySelectorAll('button')[focused]?.focus();
  }
}

/** Cells are text, or `{ text, className }`; heads likewise. */
export function table(heads, rows, whenEmpty) {
  if (rows.length === 0) {
    return element('p', { className: 'empty' }, whenEmpty);
  }
  const line = (cells, tag) =>
    element(
      'tr',
      {},
      ...cells.map((cell, index) => {
        const { text, className = '' } =
          typeof cell === 'object' ? cell : { text: cell };
        const secondary = heads[index].className ?? '';
        return element(
          tag,
          { className: `${className} ${secondary}`.trim() },
          `${text}`,
        );
      }),
    );
  return element(
    'table',
    {},
    element('thead', {}, line(heads, 'th')),
    element('tbody', {}, ...rows.map(cells => line(cells, 'td'))),
  );
}

/** A region with its zones; `toggle(place, isDark)` is called with what is to change. */
export function region(name, zones, darkness, toggle) {
  const isDark = darkness.regions.includes(name);
  return element(
    'div',
    { className: isDark ? 'place dark' : 'place' },
    element(
      'div',
      { className: 'title-row' },
      element('h3', {}, name, isDark ? ' is dark' : ''),
      button(isDark ? 'Light up' : 'Darken', () =>
        toggle({ region: name }, isDark),
      ),
    ),
    element(
      'div',
      { className: 'zones' },
      ...zones.map(zone => {
        const isZoneDark = darkness.zones.includes(zone);
        return button(
          `${zone}${isZoneDark ? ' is dark' : ''}`,
          () => toggle({ zone }, isZoneDark),
          isZoneDark,
        );
      }),
    ),
  );
}

/** What a fault does, in words. */
export function faultInWords({ effect, match, ...fault }) {
  const what = {
    dark: 'dark',
    latency: `${effect.delayMs} ms slower`,
    throttle: 'throttled',
    error: 'internal errors',
    lose: 'answers are lost',
    stale: 'reads are stale',
    'replication-pause': `nothing is replicated from bucket ${effect.bucket} to ${effect.region}`,
  }[effect.kind];
  const where = [
    match.zone ?? match.region ?? 'every region',
    match.service,
    match.operation,
    match.account && `account ${match.account}`,
  ];
  const limits = [
    fault.probability < 1 &&
      `${Math.round(fault.probability * 100)} % of calls`,
    fault.timesLeft !== undefined && `${fault.timesLeft} more calls`,
    fault.endsAt && `until ${fault.endsAt.slice(11, 19)} UTC`,
    fault.startedBy !== 'command' && `by ${fault.startedBy}`,
  ].filter(Boolean);
  return `${where.filter(Boolean).join(' ')}: ${what}${
    limits.length > 0 ? ` (${limits.join(', ')})` : ''
  }`;
}

/** One line for each fault, with what ends it. */
export function faults(list, end) {
  return list.length === 0
    ? [element('li', { className: 'empty' }, 'None: all is well.')]
    : list.map(fault =>
        element(
          'li',
          {},
          faultInWords(fault),
          button('End', () => end(fault.id)),
        ),
      );
}

/** A heading that opens to a list of names. */
export function names(summary, list) {
  return element(
    'details',
    {},
    element('summary', {}, `${summary}: ${list.length}`),
    element(
      'ul',
      { className: 'names' },
      ...list.map(name => element('li', {}, name)),
    ),
  );
}
