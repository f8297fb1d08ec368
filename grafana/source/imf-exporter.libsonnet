// The exporter itself: a board of its own, because with /probe its instance is none of the hosts.
local lib = import 'library.libsonnet';
local color = lib.color;
local cell = lib.cell;
local column = lib.column;

local well(texts) = [
  { code: 0, text: texts[0], color: color.bad },
  { code: 1, text: texts[1], color: color.plain },
];

lib.board(
  'imf-exporter',
  'IMF: the exporter itself',
  'Whether imf-exporter works: its configuration, its journal, its accounts, what it costs.',
  '6h',
  'job=~"$job",instance=~"$instance"',
  [
    lib.variables.datasource,
    lib.variables.query('job', 'Job', 'label_values(imf_exporter_build_info, job)'),
    lib.variables.query('instance', 'Exporter', 'label_values(imf_exporter_build_info{job=~"$job"}, instance)'),
    lib.variables.exporter { label: 'Links to' },
  ],
  [
    lib.links.top('All hosts', '/d/imf-fleet?${datasource:queryparam}&${exporter:queryparam}') { keepTime: true },
    lib.links.top('Start page of the exporter', '${exporter}') { targetBlank: true },
  ],
  [],
  [
    {
      panels: [
        lib.table(
          'Exporters',
          'Each exporter that Prometheus scrapes at /metrics. Normal: answers, configuration loaded, journal written or none kept, no stuck runs.',
          {
            A: 'max by (job, instance) (up{} and on (job, instance) (last_over_time(imf_exporter_build_info{}[$__range])))',
            B: 'max by (job, instance, version, java_version) (last_over_time(imf_exporter_build_info{}[$__range]))',
            C: 'max by (job, instance) (imf_exporter_hosts{})',
            D: 'max by (job, instance) (imf_exporter_stuck_collectors{})',
            E: 'max by (job, instance) (imf_exporter_config_last_reload_successful{})',
            F: 'max by (job, instance) (imf_journal_writable{})',
            G: 'max by (job, instance) (imf_exporter_config_last_reload_success_timestamp_seconds{}) * 1000',
          },
          [
            column('instance', 'Exporter', cell.width(180)),
            column('A', 'Scrape', cell.width(120) + cell.states(well(['no answer', 'answers']))),
            column('E', 'Configuration', cell.width(120) + cell.states(well(['not loaded', 'loaded']))),
            column('G', 'Loaded', cell.width(120) + cell.ago),
            column('F', 'Journal', cell.width(120) + cell.states(well(['NOT WRITTEN', 'written']))),
            column('C', 'Hosts', cell.width(70)),
            column('D', 'Stuck', cell.width(70)),
            column('version', 'Version', {}),
          ],
          ['Scrape', 'asc'],
          'Prometheus scrapes no exporter at /metrics',
          w=16,
          h=6,
        ),
        lib.table(
          'Accounts',
          'Accounts of the configuration, and whether the exporter stopped to log in with one after a host refused it. Normal: used. No row: no host is read over SMB.',
          { A: 'max by (job, instance, auth) (imf_auth_blocked{})' },
          [
            column('instance', 'Exporter', {}),
            column('auth', 'Account', {}),
            column('A', 'State', cell.width(100) + cell.states([
              { code: 0, text: 'used', color: color.plain },
              { code: 1, text: 'BLOCKED', color: color.bad },
            ])),
          ],
          ['State', 'desc'],
          'No host is read over SMB, so there is no account',
          w=8,
          h=6,
        ),
        lib.graph(
          'Requests',
          'Requests per second, by route. Normal: what Prometheus asks, one /probe for each host and interval.',
          'reqps',
          [{ expr: 'sum by (route) (rate(imf_exporter_http_request_seconds_count{}[$__rate_interval]))', legend: '{{route}}' }],
        ),
        lib.graph(
          'Mean time of a request',
          'Normal: milliseconds; up to the scrape_timeout when a host does not answer.',
          's',
          [{
            expr: |||
              sum by (route) (rate(imf_exporter_http_request_seconds_sum{}[$__rate_interval]))
              / sum by (route) (rate(imf_exporter_http_request_seconds_count{}[$__rate_interval]))
            |||,
            legend: '{{route}}',
          }],
        ),
        lib.graph(
          'Mean time of a reading',
          'By collector, over all hosts. Normal: milliseconds on this machine, below a second over SMB.',
          's',
          [{
            expr: |||
              sum by (collector) (rate(imf_exporter_collector_duration_seconds_sum{}[$__rate_interval]))
              / sum by (collector) (rate(imf_exporter_collector_duration_seconds_count{}[$__rate_interval]))
            |||,
            legend: '{{collector}}',
          }],
          side='right',
        ),
        lib.graph(
          'Readings that fail',
          'Per second, by collector, over all hosts. Normal: none; a host that is down fails at each try.',
          'suffix: /s',
          [{
            expr: 'sum by (collector) (rate(imf_exporter_collector_duration_seconds_count{result="failed"}[$__rate_interval])) or 0 * max by (collector) (imf_exporter_collector_duration_seconds_count{result="ok"})',
            legend: '{{collector}}',
          }],
          side='right',
        ),
        lib.graph(
          'Memory',
          'Memory of the Java machine in use, heap and other. Normal: the heap goes up and down below its limit (-Xmx).',
          'bytes',
          [{ expr: 'sum by (instance, area) (jvm_memory_used_bytes{})', legend: '{{instance}} {{area}}' }],
        ),
        lib.graph(
          'CPU',
          'Share of one machine that the exporter uses. Normal: below 1 % for a host, a few percent for a hundred.',
          'percentunit',
          [{ expr: 'avg_over_time(process_cpu_usage{}[$__rate_interval])', legend: '{{instance}}' }],
        ),
      ],
    },
  ],
)
