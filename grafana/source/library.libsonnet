// The parts that all boards are made of. A board is a list of sections, a section a list of panels;
// places, numbers, selectors and data sources are added here. No fractions: builds of Jsonnet write
// them differently.
local datasource = { type: 'prometheus', uid: '${datasource}' };

// Colours of Okabe and Ito, which most colour-blind people can tell apart.
local color = {
  good: '#009E73',
  idle: '#56B4E9',
  work: '#0072B2',
  warn: '#E69F00',
  minor: '#B8A800',
  bad: '#D55E00',
  unread: '#CC79A7',
  unknown: '#7F7F7F',
  // A number that is as it should be beside others that are not: never green.
  plain: '#44546A',
};

local project = 'https://github.com/imf-exporter/imf-exporter/blob/main/docs/';

// imf_up{} and imf_limit_seconds{limit="x"} with the board's selector as their first matchers. Those of
// imf_update_hosts{*outcome="x"} stay alone: it is about all hosts, on a target that is none of them.
local select(query, selector) =
  local selected = std.strReplace(std.stripChars(query, '\n'), '{', '{' + selector + ',');
  std.strReplace(std.strReplace(selected, '{' + selector + ',*', '{'), ',}', '}');

local mappings(states) = if states == [] then [] else [{
  type: 'value',
  options: {
    [std.toString(states[i].code)]: { text: states[i].text, color: states[i].color, index: i }
    for i in std.range(0, std.length(states) - 1)
  },
}];

local nothing(text) = [{
  type: 'special',
  options: { match: 'null+nan', result: { text: text, color: color.unknown, index: 99 } },
}];

// Places panels from left to right, and on the next line when one does not fit. The folds keep what
// is done in arrays, because Jsonnet evaluates the field of an object at each use.
local place(panels, top) =
  local step(done, panel) =
    local x = done[0], y = done[1], bottom = done[2];
    local left = if x + panel.w > 24 then 0 else x;
    local up = if x + panel.w > 24 then bottom else y;
    [
      left + panel.w,
      up,
      std.max(bottom, up + panel.h),
      done[3] + [panel.json { gridPos: { x: left, y: up, w: panel.w, h: panel.h } }],
    ];
  local done = std.foldl(step, panels, [0, top, top, []]);
  { bottom: done[2], panels: done[3] };

// A section: { title, closed, panels }. The first has no title and no row.
local layout(sections) =
  local step(done, section) =
    local y = done[0];
    local titled = std.objectHas(section, 'title');
    local closed = std.objectHas(section, 'closed');
    local inside = place(section.panels, y + if titled then 1 else 0);
    local row = {
      type: 'row',
      title: section.title,
      collapsed: closed,
      gridPos: { x: 0, y: y, w: 24, h: 1 },
      panels: if closed then inside.panels else [],
    };
    [
      if closed then y + 1 else inside.bottom,
      done[1] + (if titled then [row] else []) + (if closed then [] else inside.panels),
    ];
  std.foldl(step, sections, [0, []])[1];

// Numbers and selectors, in the order of the panels.
local finish(panels, selector) =
  local one(panel, id) = panel {
    id: id,
    [if std.objectHas(panel, 'targets') then 'targets']:
      [target { expr: select(target.expr, selector) } for target in panel.targets],
    [if std.objectHas(panel, 'panels') then 'panels']: [
      one(panel.panels[i], id * 100 + i)
      for i in std.range(0, std.length(panel.panels) - 1)
    ],
  };
  [one(panels[i], i + 1) for i in std.range(0, std.length(panels) - 1)];

local panel(w, h, type, title, description, targets, defaults, options, more={}) = {
  w: w,
  h: h,
  json: {
    type: type,
    title: title,
    description: description,
    datasource: datasource,
    targets: targets,
    fieldConfig: { defaults: { noValue: 'no data' } + defaults, overrides: [] },
    options: options,
  } + more,
};

local target(refId, expr, more={}) = {
  refId: refId,
  expr: expr,
  datasource: datasource,
  editorMode: 'code',
  instant: true,
  range: false,
} + more;

local letters = 'ABCDEFGHIJKLMNOP';

{
  color: color,
  project: project,
  mappings: mappings,
  select: select,

  // Where a click leads: always with the choice of data source, job and exporter, and the time.
  local kept = '${datasource:queryparam}&${job:queryparam}&${exporter:queryparam}',
  links: {
    host(cell): {
      title: 'Board of this host',
      url: '/d/imf-host?var-instance=' + cell + '&' + kept + '&${__url_time_range}',
    },
    page(cell): {
      title: 'Page of this host at the exporter',
      url: '${exporter}/hosts/' + cell,
      targetBlank: true,
    },
    update: {
      title: 'Page of this update at the exporter',
      url: '${exporter}/updates/${__value.text:percentencode}',
      targetBlank: true,
    },
    runbook: { title: 'Runbook', url: project + 'runbooks/${__value.text}.md', targetBlank: true },
    trouble: {
      title: 'What it is and what to do',
      url: project + 'troubles.md#${__value.text}',
      targetBlank: true,
    },
    // At the top of a board. The choice of hosts is taken along where it has the same meaning.
    board(uid, title, hosts=true, job=true): self.top(
      title,
      '/d/' + uid + '?'
      + (if job then kept else '${datasource:queryparam}&${exporter:queryparam}')
      + (if hosts then '&${instance:queryparam}' else ''),
    ) { keepTime: true },
    top(title, url): {
      type: 'link',
      title: title,
      url: url,
      icon: 'external link',
      tooltip: '',
      tags: [],
      asDropdown: false,
      includeVars: false,
      keepTime: false,
      targetBlank: false,
    },
  },

  stat(title, description, expr, unit='none', states=[], steps=[{ color: color.unknown, value: null }], text='auto', legend='', w=4):
    panel(
      w, 4, 'stat', title, description,
      [target('A', expr, { legendFormat: if legend == '' then '__auto' else legend })],
      {
        unit: unit,
        color: { mode: 'thresholds' },
        mappings: mappings(states) + nothing('no data'),
        thresholds: { mode: 'absolute', steps: steps },
      },
      {
        colorMode: 'background_solid',
        graphMode: 'none',
        justifyMode: 'auto',
        orientation: 'auto',
        textMode: text,
        wideLayout: false,
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      },
    ),
  // Steps of a number that should be 0. Without data the tile is grey.
  count(bad): [
    { color: color.unknown, value: null },
    { color: color.plain, value: 0 },
    { color: bad, value: 1 },
  ],

  // queries: one object of expressions by letter. columns: what is shown, in this order; from is the
  // label, or the letter of the query whose value it is.
  table(title, description, queries, columns, sort=null, empty='no data', w=24, h=9):
    local single = std.length(std.objectFields(queries)) == 1;
    local field(column) =
      if std.length(column.from) > 1 then column.from
      else if single then 'Value'
      else 'Value #' + column.from;
    panel(
      w, h, 'table', title, description,
      [target(refId, queries[refId], { format: 'table' }) for refId in std.objectFields(queries)],
      {
        unit: 'none',
        noValue: empty,
        color: { mode: 'fixed', fixedColor: 'text' },
        custom: { align: 'left', filterable: false, minWidth: 60 },
      },
      {
        showHeader: true,
        cellHeight: 'sm',
        sortBy: if sort == null then [] else [{ displayName: sort[0], desc: sort[1] == 'desc' }],
      },
      {
        transformations:
          (if single then [] else [{ id: 'merge', options: {} }])
          + [
            {
              id: 'filterFieldsByName',
              options: { include: { names: [field(column) for column in columns] } },
            },
            {
              id: 'organize',
              options: {
                excludeByName: {},
                indexByName: {
                  [field(columns[i])]: i
                  for i in std.range(0, std.length(columns) - 1)
                },
                renameByName: { [field(column)]: column.name for column in columns },
              },
            },
          ],
        fieldConfig+: {
          overrides: [
            {
              matcher: { id: 'byName', options: column.name },
              local set = { noValue: '–' } + column.set + {
                mappings: (if std.objectHas(column.set, 'mappings') then column.set.mappings else [])
                          + nothing('–'),
              },
              properties: [{ id: id, value: set[id] } for id in std.objectFields(set)],
            }
            for column in columns
          ],
        },
      },
    ),
  // The column is there also while the expression has no series: a value that is not a number, for
  // each of its rows.
  always(expr, rows):: '%s or %s * NaN' % [expr, rows],
  // A column: from a label or the value of a query.
  column(from, name, set={}):: { from: from, name: name, set: set },
  cell: {
    width(pixels):: { 'custom.width': pixels },
    links(list):: { links: list },
    duration:: { unit: 's' },
    ago:: { unit: 'dateTimeFromNow' },
    time:: { unit: 'dateTimeAsIso' },
    states(list):: {
      mappings: mappings(list),
      'custom.cellOptions': { type: 'color-background', mode: 'basic' },
    },
  },

  // lines: [{ expr, legend, color, limit, right }].
  graph(title, description, unit, lines, empty='no data', side='bottom', w=12, h=8, steps=null):
    panel(
      w, h, 'timeseries', title, description,
      [
        target(letters[i], lines[i].expr, { instant: false, range: true, legendFormat: lines[i].legend })
        for i in std.range(0, std.length(lines) - 1)
      ],
      {
        unit: unit,
        min: 0,
        noValue: empty,
        color: { mode: 'palette-classic' },
        custom: {
          drawStyle: 'line',
          lineWidth: 2,
          fillOpacity: 0,
          showPoints: 'auto',
          pointSize: 4,
          spanNulls: false,
          thresholdsStyle: { mode: if steps == null then 'off' else 'dashed' },
        },
        [if steps != null then 'thresholds']: {
          mode: 'absolute',
          steps: [{ color: 'transparent', value: null }, { color: color.bad, value: steps }],
        },
      },
      {
        legend: {
          showLegend: true,
          displayMode: if side == 'right' then 'table' else 'list',
          placement: side,
          calcs: if side == 'right' then ['max'] else [],
          [if side == 'right' then 'sortBy']: 'Max',
          [if side == 'right' then 'sortDesc']: true,
        },
        tooltip: { mode: 'multi', sort: 'desc', maxHeight: 300 },
      },
      {
        fieldConfig+: {
          overrides: [
            {
              matcher: { id: 'byFrameRefID', options: letters[i] },
              properties:
                (if std.objectHas(lines[i], 'color')
                 then [{ id: 'color', value: { mode: 'fixed', fixedColor: lines[i].color } }] else [])
                + (if std.objectHas(lines[i], 'limit')
                   then [
                     { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
                     { id: 'custom.lineWidth', value: 1 },
                   ] else [])
                + (if std.objectHas(lines[i], 'right')
                   then [
                     { id: 'unit', value: lines[i].right },
                     { id: 'custom.axisPlacement', value: 'right' },
                   ] else []),
            }
            for i in std.range(0, std.length(lines) - 1)
            if std.objectHas(lines[i], 'color') || std.objectHas(lines[i], 'limit')
               || std.objectHas(lines[i], 'right')
          ],
        },
      },
    ),

  // rows: [{ expr, legend }]; states: the codes of all rows.
  timeline(title, description, rows, states, w=24, h=9, page=12):
    panel(
      w, h, 'state-timeline', title, description,
      [
        target(letters[i], rows[i].expr, { instant: false, range: true, legendFormat: rows[i].legend })
        for i in std.range(0, std.length(rows) - 1)
      ],
      {
        unit: 'none',
        // Not by thresholds: with mergeValues Grafana would merge before it maps, and all is grey.
        color: { mode: 'fixed', fixedColor: color.unknown },
        mappings: mappings(states),
        custom: { fillOpacity: 85, lineWidth: 0, spanNulls: false },
      },
      {
        mergeValues: true,
        showValue: 'auto',
        alignValue: 'left',
        rowHeight: 0.75,
        perPage: page,
        legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
        tooltip: { mode: 'single', sort: 'none' },
      },
      // A text for no data would leak into the legend. Fewer points, each the worst of its interval, keep
      // the query cheap for many hosts.
      { maxDataPoints: 300, fieldConfig+: { defaults+: { noValue:: '' } } },
    ),

  variables: {
    datasource: {
      type: 'datasource',
      name: 'datasource',
      label: 'Data source',
      query: 'prometheus',
      current: {},
      hide: 0,
      includeAll: false,
      multi: false,
      options: [],
      refresh: 1,
      regex: '',
    },
    query(name, label, query, multi=true): {
      type: 'query',
      name: name,
      label: label,
      datasource: datasource,
      query: { query: query, refId: name },
      definition: query,
      hide: 0,
      multi: multi,
      includeAll: multi,
      [if multi then 'allValue']: '.+',
      current: if multi then { text: ['All'], value: ['$__all'] } else {},
      options: [],
      refresh: 2,
      regex: '',
      sort: 1,
    },
    // The address by which a browser reaches the exporter: with /probe no label has it.
    exporter: {
      type: 'textbox',
      name: 'exporter',
      label: 'Exporter',
      description: 'Where a browser reaches imf-exporter; links to its pages begin with it.',
      query: 'http://localhost:10747',
      current: { text: 'http://localhost:10747', value: 'http://localhost:10747' },
      options: [{ text: 'http://localhost:10747', value: 'http://localhost:10747', selected: true }],
      hide: 0,
    },
  },

  // Marks at the time that a series has as its value, in seconds. Grafana joins marks of one series
  // that are closer than a step; count_values makes a series of each time stamp, so none are joined.
  // (Not by (...): with three labels Prometheus 2.42 forgets them.)
  mark(name, color, by, stamps, title, text, on=true): {
    name: name,
    datasource: datasource,
    enable: on,
    iconColor: color,
    expr: |||
      count_values without () ("at", %(stamps)s)
      * on (%(by)s) group_left () (%(stamps)s) * 1000
    ||| % { by: by, stamps: std.stripChars(stamps, '\n') },
    step: '5s',
    tagKeys: by,
    titleFormat: title,
    textFormat: text,
    useValueForTime: 'on',
  },

  board(uid, title, description, from, selector, variables, links, marks, sections): {
    uid: uid,
    title: title,
    description: description,
    tags: ['imf-exporter'],
    schemaVersion: 42,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: 'now-' + from, to: 'now' },
    timezone: 'browser',
    links: links,
    templating: { list: variables },
    annotations: {
      list: [
        {
          name: 'Annotations & Alerts',
          type: 'dashboard',
          builtIn: 1,
          datasource: { type: 'grafana', uid: '-- Grafana --' },
          enable: true,
          hide: true,
          iconColor: 'rgba(0, 211, 255, 1)',
        },
      ] + [mark { expr: select(mark.expr, selector) } for mark in marks],
    },
    panels: finish(layout(sections), selector),
  },
}
