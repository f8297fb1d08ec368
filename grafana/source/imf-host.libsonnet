// One host: what is wrong, what to do next, where the time went, what it is set to.
local lib = import 'library.libsonnet';
local states = import 'states.libsonnet';
local color = lib.color;
local cell = lib.cell;
local column = lib.column;
local strip(expr) = std.stripChars(expr, '\n');

// Rows of a table of facts: the label "what", and the value or the label "is".
local named(what, expr) = 'label_replace(%s, "what", "%s", "", "")' % [expr, what];
local said(what, expr, labels) =
  'max by (what, is) (%s)' % named(what, 'label_join(%s, "is", " ", "%s")' % [expr, std.join('", "', labels)]);
local timed(what, expr, label='') =
  'max by (what, which) (%s)' % named(what, if label == '' then expr else 'label_join(%s, "which", " ", "%s")' % [expr, label]);
local rows(list) = std.join('\nor ', list);

local services = 'max by (job, instance, name) (imf_service_halted{})';
local rate(metric) = 'sum(rate(%s{}[$__rate_interval]))' % metric;
local restart(statistic, phase) =
  'max by (name) (imf_service_%s_seconds{phase="%s"})' % [statistic, phase];

lib.board(
  'imf-host',
  'IMF: one host',
  'What mail does on one host, what to do next, and where the time of a restart went.',
  '6h',
  'job=~"$job",instance="$instance"',
  [
    lib.variables.datasource,
    lib.variables.query('job', 'Job', 'label_values(imf_up, job)'),
    lib.variables.query('instance', 'Host', 'label_values(imf_up{job=~"$job"}, instance)', multi=false),
    lib.variables.exporter,
  ],
  [
    lib.links.top('Page of this host at the exporter', '${exporter}/hosts/${instance:percentencode}') { targetBlank: true },
    lib.links.top('Runbooks', lib.project + 'runbooks/README.md') { targetBlank: true },
    lib.links.board('imf-fleet', 'All hosts', hosts=false),
    lib.links.board('imf-update-episodes', 'Updates and what they did'),
  ],
  [
    lib.mark(
      'Updates', color.unread, 'job, instance, kind, marker', 'imf_update_marker_timestamp_seconds{}',
      '{{kind}} update', 'Marker {{marker}}',
    ),
    // The begin of a restart that fell between two scrapes is its end less what it took.
    lib.mark(
      'Outages', color.warn, 'job, instance, name', |||
        max by (job, instance, name) (imf_service_outage_start_timestamp_seconds{})
        or max by (job, instance, name) (imf_service_last_start_timestamp_seconds{}
          - on (job, instance, name) imf_service_last_restart_duration_seconds{phase="total"})
      |||,
      '{{name}} left RUNNING', 'Begin of an outage',
    ),
    lib.mark(
      'Boots', color.work, 'job, instance', 'imf_host_boot_timestamp_seconds{}',
      'Boot', '{{instance}} started',
    ),
    lib.mark(
      'Critical alerts', color.bad, 'job, instance, alertname', |||
        max by (job, instance, alertname) (ALERTS_FOR_STATE{alertname=~"Imf.*",severity="critical"})
        and on (job, instance, alertname) ALERTS{alertname=~"Imf.*",alertstate="firing",severity="critical"}
      |||,
      '{{alertname}}', 'Its condition began',
    ),
  ],
  [
    {
      panels: [
        lib.stat(
          'Mail flow',
          'What mail does on this host. Normal: Flowing, or Idle when there is nothing to do. HALTED: SMTPSVC has been down for longer than the limit.',
          'max(%s)' % strip(states.flowNow),
          states=states.flow,
        ),
        lib.stat(
          'Down for',
          'Age of the oldest outage among the watched services that should run. Normal: nothing is down.',
          'time() - min(imf_service_down_since_timestamp_seconds{}) or 0 * max(imf_up{} == 1)',
          unit='s',
          states=[{ code: 0, text: 'nothing is down', color: color.plain }],
          steps=lib.count(color.warn),
        ),
        lib.stat(
          'Waiting',
          'Files in the queue folders, which count while SMTP is down too; without folders the lengths of the queues. Normal: near 0.',
          'max(%s)' % strip(states.waiting),
          unit='short',
          steps=[{ color: color.unknown, value: null }, { color: color.plain, value: 0 }],
        ),
        lib.stat(
          'Likely cause',
          'The known trouble whose signature this host has (docs/troubles.md). Normal: none is known. Likely is not certain; others are under Known of the host.',
          states.cause + |||
            or on () label_replace(0 * max(imf_known_trouble{}), "trouble", "none known", "", "")
            or on () label_replace(vector(-1), "trouble", "no data", "", "")
          |||,
          steps=lib.count(color.warn),
          text='name',
          legend='{{trouble}}',
        ),
        lib.stat(
          'Last update',
          'How long ago the last marker of an update was written, and its KB number: an installer began or ended, a new version folder, the registry key. Normal: days. Minutes beside an outage mean: after an update.',
          |||
            max by (update_id) (
              (time() - max by (job, instance) (imf_update_marker_timestamp_seconds{}))
              * on (job, instance) group_left (update_id) max by (job, instance, update_id) (imf_update_last_info{})
            )
            or on () time() - max(imf_update_marker_timestamp_seconds{})
            or on () -1 * max(imf_up{} == 1)
          |||,
          unit='s',
          text='value_and_name',
          legend='{{update_id}}',
          states=[{ code: -1, text: 'none seen', color: color.plain }],
          steps=[{ color: color.unknown, value: null }, { color: color.work, value: 0 }, { color: color.plain, value: 86400 }],
        ),
        lib.stat(
          'Reboot',
          'Whether Windows waits for a reboot to complete an update. The next reboot, for any reason, then brings the restart of an update. Normal: not pending.',
          'max(imf_host_reboot_pending{})',
          states=[
            { code: 0, text: 'not pending', color: color.plain },
            { code: 1, text: 'pending', color: color.warn },
          ],
        ),
        lib.table(
          'Firing alerts',
          'Alerts of this host, each with its runbook; needs the rules of alerts/. Normal: none.',
          {
            A: 'max by (alertname, severity, name) (ALERTS{alertname=~"Imf.*",alertstate="firing"})',
            B: |||
              max by (alertname, severity, name) (ALERTS_FOR_STATE{alertname=~"Imf.*"}) * 1000
              and on (alertname, severity, name) ALERTS{alertname=~"Imf.*",alertstate="firing"}
            |||,
          },
          [
            column('alertname', 'What next', cell.links([lib.links.runbook])),
            column('severity', 'Severity', cell.width(65)),
            column('name', 'Service', cell.width(70)),
            column('B', 'Since', cell.width(105) + cell.ago),
          ],
          ['Severity', 'asc'],
          'No alert fires, or the rules are not loaded',
          w=11,
          h=10,
        ),
        lib.timeline(
          'States',
          'Mail flow, the answer of SMTP to a client, the update under way, and each watched service, on one axis: the worst in each interval. Normal: Flowing or Idle, Answers, None, Running. A gap: it could not be read.',
          [
            { expr: states.flowWithin('$__rate_interval'), legend: 'Mail flow' },
            { expr: '40 + min_over_time(imf_smtp_banner_success{}[$__rate_interval])', legend: 'Banner' },
            { expr: states.episodeBy('max_over_time(%s[$__rate_interval])'), legend: 'Update' },
            { expr: states.standingBy('max_over_time(%s[$__rate_interval])'), legend: '{{name}}' },
          ],
          states.flow + states.banner + states.episode + states.standing,
          w=13,
          h=10,
        ),
        lib.table(
          'Services',
          'What each watched service should do and does, and its last restart beside what is typical (median) and the longest of up to 20 before it. Normal: Running, and a last restart like the typical one.',
          {
            A: states.standingBy('%s'),
            B: lib.always('min by (job, instance, name) (imf_service_down_since_timestamp_seconds{}) * 1000', services),
            C: lib.always('max by (job, instance, name) (imf_service_last_restart_duration_seconds{phase="total"})', services),
            D: lib.always('max by (job, instance, name) (imf_service_restart_duration_typical_seconds{phase="total"})', services),
            E: lib.always('max by (job, instance, name) (imf_service_restart_duration_longest_seconds{phase="total"})', services),
            F: 'max by (job, instance, name, mode) (imf_service_start_mode{} == 1)',
            G: 'max by (job, instance, name, state) (imf_service_state{} == 1)',
          },
          [
            column('name', 'Service', cell.width(110)),
            column('A', 'Standing', cell.width(150) + cell.states(states.standing)),
            column('B', 'Down since', cell.width(120) + cell.ago),
            column('state', 'State', cell.width(110)),
            column('mode', 'Starts', cell.width(100)),
            column('C', 'Last restart', cell.width(100) + cell.duration),
            column('D', 'Typical', cell.width(90) + cell.duration),
            column('E', 'Longest', cell.width(90) + cell.duration),
          ],
          ['Standing', 'desc'],
          'The services could not be read',
          h=6,
        ),
        lib.graph(
          'Messages that wait',
          'Files in the queue folders, which count while SMTP is down too, and the age of the oldest. Normal: near 0, with peaks that drain; an oldest of minutes. Dashed: stuck_after, the age from which mail counts as stuck.',
          'short',
          [
            { expr: states.waiting, legend: 'messages', color: color.idle },
            {
              expr: 'time() - min(imf_smtp_folder_oldest_timestamp_seconds{folder="queue"})',
              legend: 'age of the oldest',
              color: color.warn,
              right: 's',
            },
            {
              expr: 'max(imf_limit_seconds{limit="stuck_after"})',
              legend: 'stuck_after',
              color: color.bad,
              limit: true,
              right: 's',
            },
          ],
          w=8,
        ),
        lib.graph(
          'Messages of the last hour',
          'By this the exporter judges whether mail is stuck or bounces. Normal: passed like received, few bounced. pending: came in since a message last passed, once none has for stuck_after; 0 before. Dashed: what passes in a usual hour.',
          'short',
          [
            { expr: 'max(imf_mail_last_hour_messages{result="received"})', legend: 'received', color: color.idle },
            { expr: 'max(imf_mail_last_hour_messages{result="passed"})', legend: 'passed', color: color.good },
            { expr: 'max(imf_mail_last_hour_messages{result="bounced"})', legend: 'bounced', color: color.bad },
            { expr: 'max(imf_mail_pending_messages{})', legend: 'pending', color: color.warn },
            { expr: 'max(imf_mail_usual_messages_per_hour{})', legend: 'usual', color: color.unknown, limit: true },
          ],
          'SMTP does not run, or the host is not read',
          w=8,
        ),
        lib.graph(
          'Messages in and out',
          'Messages per second that came in, that went out (sent, delivered or dropped to a folder), and that the Intelligent Message Filter acted upon. Normal: in and out go together. No lines: SMTP does not run, so that it has no counters, or the host is not read.',
          'suffix: /s',
          [
            { expr: rate('imf_smtp_messages_received_total'), legend: 'in', color: color.idle },
            {
              expr: std.join('\n+ ', [rate(metric) for metric in [
                'imf_smtp_messages_sent_total',
                'imf_smtp_messages_delivered_total',
                'imf_smtp_directory_drops_total',
              ]]),
              legend: 'out',
              color: color.good,
            },
            { expr: rate('imf_filter_messages_acted_upon_total'), legend: 'acted upon by the filter', color: color.unread },
          ],
          'SMTP does not run, or the host is not read',
          w=8,
        ),
      ],
    },
    {
      title: 'Queues and signs of trouble',
      panels: [
        lib.graph(
          'Delivery queues',
          'Lengths of the queues for other servers and for mailboxes. Normal: below the dashed limit of the Exchange Best Practices Analyzer. No lines: as above.',
          'short',
          [{
            expr: 'imf_smtp_queue_length{queue=~"local|remote|remote_retry"}',
            legend: '{{virtual_server}} {{queue}}',
          }],
          'SMTP does not run, or the host is not read',
          steps=1000,
          w=8,
        ),
        lib.graph(
          'Categorizer',
          'Messages whose recipients are being looked up. Normal: 0 to 2; more than the dashed limit means that the directory is slow or a message blocks it.',
          'short',
          [{ expr: 'imf_smtp_queue_length{queue="categorizer"}', legend: '{{virtual_server}}' }],
          'SMTP does not run, or the host is not read',
          steps=10,
          w=8,
        ),
        lib.graph(
          'Signs of trouble',
          'Events per second: tries that are repeated, refused messages, non-delivery reports. Normal: near 0 and far below the messages that go out.',
          'suffix: /s',
          [
            { expr: rate(sign[0]), legend: sign[1] }
            for sign in [
              ['imf_smtp_message_send_retries_total', 'send retries'],
              ['imf_smtp_message_delivery_retries_total', 'delivery retries'],
              ['imf_smtp_connection_errors_total', 'connection errors'],
              ['imf_smtp_outbound_connections_refused_total', 'refused by the next hop'],
              ['imf_smtp_messages_refused_total', 'refused here'],
              ['imf_smtp_ndrs_generated_total', 'non-delivery reports'],
              ['imf_smtp_messages_badmailed_total', 'badmail'],
            ]
          ],
          'SMTP does not run, or the host is not read',
          w=8,
        ),
        lib.graph(
          'Room on the disks of the mail folders',
          'Free space of each volume that holds Queue, Badmail, Pickup or Drop, and how long until it is full at the growth of the last two hours. Normal: far from 0, with the ups and downs of queue and logs; no line of the time until full, as nothing grows steadily.',
          'bytes',
          [
            { expr: 'max by (volume) (imf_mail_volume_free_bytes{})', legend: '{{volume}}' },
            {
              expr: 'max(imf_mail_volume_size_bytes{}) * 0.05',
              legend: 'nearly full (of the largest)',
              color: color.bad,
              limit: true,
            },
            {
              expr: 'min(imf_mail_volume_full_timestamp_seconds{}) - time()',
              legend: 'time until full',
              color: color.warn,
              right: 's',
            },
          ],
          'No volume is read',
          w=24,
          h=7,
        ),
      ],
    },
    {
      title: 'Restarts, and what is known of the host',
      panels: [
        lib.graph(
          'Age of open outages',
          'How long each service has been out. Normal: nothing is out, only the dashed limits show: slow_after, and halted_after, from which on mail flow counts as halted.',
          's',
          [
            { expr: 'time() - max by (name) (imf_service_outage_start_timestamp_seconds{})', legend: '{{name}}' },
            { expr: 'max(imf_limit_seconds{limit="slow_after"})', legend: 'slow_after', color: color.warn, limit: true },
            { expr: 'max(imf_limit_seconds{limit="halted_after"})', legend: 'halted_after', color: color.bad, limit: true },
          ],
          w=10,
          h=9,
        ),
        lib.table(
          'Last restarts by phase',
          'Where the time of the last restart went, beside the typical time of the same phase. Normal: near the typical time. – : the phase was not seen from end to end, or there were too few restarts.',
          {
            A: lib.always(restart('last_restart_duration', 'stop'), 'max by (name) (imf_service_halted{})'),
            B: lib.always(restart('restart_duration_typical', 'stop'), 'max by (name) (imf_service_halted{})'),
            C: lib.always(restart('last_restart_duration', 'down'), 'max by (name) (imf_service_halted{})'),
            D: lib.always(restart('restart_duration_typical', 'down'), 'max by (name) (imf_service_halted{})'),
            E: lib.always(restart('last_restart_duration', 'start'), 'max by (name) (imf_service_halted{})'),
            F: lib.always(restart('restart_duration_typical', 'start'), 'max by (name) (imf_service_halted{})'),
            G: 'max by (name) (imf_service_restart_duration_seconds_count{})',
          },
          [
            column('name', 'Service', cell.width(120)),
            column('G', 'Restarts', {}),
            column('A', 'Stop', cell.duration),
            column('B', 'typical stop', cell.duration),
            column('C', 'Down', cell.duration),
            column('D', 'typical down', cell.duration),
            column('E', 'Start', cell.duration),
            column('F', 'typical start', cell.duration),
          ],
          ['Service', 'asc'],
          'No restart was seen',
          w=14,
        ),
        lib.table(
          'Known of the host',
          'Definition of the filter by registry and folder, updates that Windows will install, other modules in inetinfo.exe, start modes that keep a service down after a boot. Normal: registry and folder name the same version; no manual or disabled service.',
          {
            A: rows([
              said('Definition, by the registry', 'imf_definition_info{origin="registry"}', ['version']),
              said('Definition, by the folder', 'imf_definition_info{origin="folder"}', ['version']),
              said('Last update', 'imf_update_last_info{}', ['title']),
              said('Pending update', 'imf_update_pending{}', ['title']),
              said('Failed update', 'imf_update_failed_timestamp_seconds{}', ['title']),
              said('Likely cause', 'imf_known_trouble{} == 1', ['trouble']),
              said('Starts not by itself', 'imf_service_start_mode{mode=~"manual|disabled"} == 1', ['name', 'mode']),
              said('Module in inetinfo.exe', 'imf_inetinfo_third_party_module_info{}', ['component', 'company', 'version']),
              said('Other modules', 'imf_inetinfo_modules{}', ['kind']),
              said('Needs', 'imf_service_dependency{name="SMTPSVC"}', ['requires']),
              said('Log that cannot be read', 'imf_event_log_readable{} == 0', ['log']),
              said('Mail flow', 'imf_mail_flow_state{} == 1', ['state']),
              said('Mail for its own address', 'imf_smtp_recipient_verdict{recipient="own"} == 1', ['virtual_server', 'verdict']),
              said('Mail for a foreign address', 'imf_smtp_recipient_verdict{recipient="foreign"} == 1', ['virtual_server', 'verdict']),
              said('TLS of SMTP', 'imf_smtp_tls_state{} == 1', ['virtual_server', 'state']),
              said('Certificate of SMTP', 'imf_smtp_tls_certificate_fault{} == 1', ['virtual_server', 'fault']),
              said('Mail folder on', 'imf_mail_volume_folder_info{}', ['volume', 'virtual_server', 'folder']),
              said('Dialogue with SMTP', 'imf_smtp_dialogue_outcome{outcome!="complete"} == 1', ['virtual_server', 'outcome']),
            ]),
          },
          [
            column('what', 'What', cell.width(170)),
            column('is', 'Is', {}),
          ],
          ['What', 'asc'],
          'The host was not read yet',
          w=7,
          h=11,
        ),
        lib.table(
          'When',
          'When something last happened or is due, newest first. Normal: no crash, no gap in a log, no virtual server that is gone.',
          {
            A: rows(std.map(function(row) row + ' * 1000', [
              timed('Boot', 'imf_host_boot_timestamp_seconds{}'),
              timed('Marker of an update', 'imf_update_marker_timestamp_seconds{}', 'marker'),
              timed('Next installation', 'imf_update_scheduled_timestamp_seconds{}'),
              timed('Failed update', 'imf_update_failed_timestamp_seconds{}', 'update_id'),
              timed('Definition registered', 'imf_definition_changed_timestamp_seconds{}'),
              timed('Reboot pending since', 'imf_host_reboot_pending_since_timestamp_seconds{}'),
              timed('Crash', 'imf_service_last_crash_timestamp_seconds{}', 'name'),
              timed('Became manual or disabled', 'imf_service_start_mode_downgraded_timestamp_seconds{}', 'name'),
              timed('Virtual server gone', 'imf_smtp_virtual_server_gone_since_timestamp_seconds{}', 'virtual_server'),
              timed('Certificate of SMTP expires', 'imf_smtp_tls_certificate_expiry_timestamp_seconds{}', 'virtual_server'),
              timed('Recovered after a halt', 'imf_update_halt_recovered_timestamp_seconds{}'),
              timed('Gap in a log', 'imf_event_log_last_gap_timestamp_seconds{}', 'log'),
              timed('Service started', 'imf_service_last_start_timestamp_seconds{}', 'name'),
              timed('Services last asked', 'imf_collector_timestamp_seconds{collector="services"}'),
            ])),
          },
          [
            column('what', 'What', cell.width(160)),
            column('which', 'Which', {}),
            column('A', 'When', cell.width(160) + cell.time),
          ],
          ['When', 'desc'],
          'The host was not read yet',
          w=9,
          h=11,
        ),
        lib.table(
          'Numbers',
          'Codes of the last stop, failures of services by event id, failed binds, lost or damaged records, sources that disagree, readings that failed by reason. As counts, because a counter that begins with its only event has no rate. Normal: filter and updates are 1 where the host has them, all else is absent or does not grow.',
          {
            A: rows([
              timed('Filter bound to a virtual server', 'imf_filter_enabled{}'),
              timed('Definition updates offered', 'imf_definition_updates_enabled{}'),
              timed('Exit code', 'imf_service_exit_code{} > 0', 'name'),
              timed('Exit code of its own', 'imf_service_specific_exit_code{} > 0', 'name'),
              timed('Outages in 15 minutes', 'imf_service_recent_outages{} > 0', 'name'),
              timed('Failure of a service', 'label_join(imf_service_failures_total{}, "which", " ", "name", "event_id") > 0'),
              timed('Failed bind', 'imf_smtp_bind_failures_total{}', 'virtual_server'),
              timed('Event of a provider', 'label_join(imf_event_log_events_total{}, "which", " ", "provider", "event_id") > 0'),
              timed('Records lost', 'imf_event_log_gaps_total{} > 0', 'log'),
              timed('Records damaged', 'imf_event_log_damaged_records_total{} > 0', 'log'),
              timed('Events not understood', 'imf_event_log_unrecognised_total{} > 0', 'log'),
              timed('Sources disagree', 'imf_service_state_conflicts_total{} > 0', 'name'),
              timed('Failed readings', 'imf_host_errors_total{} > 0', 'reason'),
              timed('Services not watched', 'imf_services_unlisted{} > 0'),
              timed('Virtual servers not watched', 'imf_smtp_virtual_servers_unlisted{} > 0'),
              timed('Modules not listed', 'imf_inetinfo_third_party_modules_unlisted{} > 0'),
            ]),
          },
          [
            column('what', 'What', cell.width(200)),
            column('which', 'Which', {}),
            column('A', 'Number', cell.width(75)),
          ],
          ['What', 'asc'],
          'The host was not read yet',
          w=8,
          h=11,
        ),
      ],
    },
    {
      title: 'Readings',
      closed: true,
      panels: [
        lib.table(
          'Collectors',
          'What the exporter reads of this host, how long the last run took, and its age. Normal: ok, or not_applicable where the host has nothing of the kind. failed: the page of the host has the reason.',
          {
            A: 'max by (collector, result) (imf_collector_result{} == 1)',
            B: 'max by (collector) (imf_collector_duration_seconds{})',
            C: 'time() - max by (collector) (imf_collector_timestamp_seconds{})',
          },
          [
            column('collector', 'Collector', {}),
            column('result', 'Result', {}),
            column('B', 'Took', cell.duration),
            column('C', 'Age', cell.duration),
          ],
          ['Collector', 'asc'],
          'The exporter does not answer',
          w=12,
        ),
        lib.graph(
          'Clock offset',
          'By how much the clock of the host is ahead of that of the exporter. Normal: within a second; log-ons by Kerberos fail at 5 minutes. Dashed: the limit of the alert.',
          's',
          [{ expr: 'imf_host_clock_offset_seconds{}', legend: 'offset', color: color.idle }],
          'not read',
          steps=5,
          h=9,
        ),
      ],
    },
  ],
)
