// Is mail halted, where, since when, after what, what next: for all hosts of a Prometheus.
local lib = import 'library.libsonnet';
local states = import 'states.libsonnet';
local color = lib.color;
local cell = lib.cell;
local column = lib.column;

local count(what, known) = 'count(%s) or 0 * count(%s)' % [std.stripChars(what, '\n'), known];

// The runbook for what a host suffers from, the worst first; one for each host.
local runbooks = [
  { name: 'ImfMailFlowHaltedAfterUpdate', when: 'imf_mail_flow_halted_after_update{} == 1' },
  { name: 'ImfMailFlowHalted', when: 'imf_mail_flow_halted_after_update{} == 0' },
  { name: 'ImfHostUnreachable', when: 'imf_up{} == 0' },
  { name: 'ImfExporterUnreachable', when: 'up{} == 0 and on (job, instance) count_over_time(imf_up{}[$__range])' },
  { name: 'ImfVirtualServerGone', when: 'imf_smtp_virtual_server_gone_since_timestamp_seconds{} > 0' },
  { name: 'ImfOwnAddressRefused', when: 'imf_smtp_recipient_verdict{recipient="own",verdict="refused"} == 1' },
  { name: 'ImfSomeMailStuck', when: 'imf_mail_flow_state{state="stuck"} == 1' },
  { name: 'ImfSomeMailBouncing', when: 'imf_mail_flow_state{state="bouncing"} == 1' },
  { name: 'ImfMailFlowStalled', when: 'imf_mail_flow_state{state="stalled"} == 1' },
  { name: 'ImfServiceLeftStopped', when: 'imf_service_halted{name!~"IISADMIN|SMTPSVC"} == 1' },
];
local runbook = std.join('\nor on (job, instance) ', [
  'max by (job, instance, runbook) (label_replace(%s, "runbook", "%s", "", ""))' % [r.when, r.name]
  for r in runbooks
]);

lib.board(
  'imf-fleet',
  'IMF: all hosts',
  'Is mail halted, where, since when, after what, and what next: IIS SMTP on all hosts that imf-exporter reads.',
  '6h',
  'job=~"$job",instance=~"$instance"',
  [
    lib.variables.datasource,
    lib.variables.query('job', 'Job', 'label_values(imf_up, job)'),
    lib.variables.query('instance', 'Host', 'label_values(imf_up{job=~"$job"}, instance)'),
    lib.variables.exporter,
  ],
  [
    lib.links.board('imf-update-episodes', 'Updates and what they did'),
    // Its target need not be of a job that has hosts.
    lib.links.board('imf-exporter', 'The exporter itself', hosts=false, job=false),
    lib.links.top('Start page of the exporter', '${exporter}') { targetBlank: true },
    lib.links.top('Runbooks', lib.project + 'runbooks/README.md') { targetBlank: true },
  ],
  [
    lib.mark(
      'Halts', color.bad, 'job, instance', 'imf_mail_flow_halted_since_timestamp_seconds{}',
      'Mail halted', '{{instance}}: SMTPSVC went down and did not come back within the limit',
    ),
    lib.mark(
      'Updates', color.unread, 'job, instance, kind, marker', 'imf_update_marker_timestamp_seconds{}',
      '{{kind}} update', '{{instance}}: marker {{marker}}', on=false,
    ),
    lib.mark(
      'Boots', color.work, 'job, instance', 'imf_host_boot_timestamp_seconds{}',
      'Boot', '{{instance}} started', on=false,
    ),
  ],
  [
    {
      panels: [
        lib.stat(
          'Worst host',
          'The worst state of mail flow among the chosen hosts. Normal: Flowing or Idle. Grey: no host was read, so nothing is known.',
          'max(%s)' % std.stripChars(states.flowNow, '\n'),
          states=states.flow,
        ),
        lib.stat(
          'Mail halted',
          'Hosts whose SMTPSVC has been down for longer than their limit halted_after (imf_limit_seconds). Normal: 0.',
          count('imf_mail_flow_state{state="halted"} == 1', 'imf_up{} == 1'),
          steps=lib.count(color.bad),
        ),
        lib.stat(
          'Mail in trouble',
          'Hosts on which SMTP runs and mail is stuck, bounces or is stalled, or on which a virtual server is gone. Normal: 0.',
          count(
            'count by (job, instance) (imf_mail_flow_state{state=~"stuck|bouncing|stalled"} == 1 or imf_smtp_virtual_server_gone_since_timestamp_seconds{})',
            'imf_up{} == 1'
          ),
          steps=lib.count(color.warn),
        ),
        lib.stat(
          'Not readable',
          'Hosts that were read within the time range and are not now, so whether mail flows is not known. Normal: 0.',
          count(states.notReadable, 'imf_up{}'),
          steps=lib.count(color.unread),
        ),
        lib.stat(
          'Hosts that page',
          'Hosts for which a critical alert fires, and for some minutes after. Normal: 0. Grey: the rules of alerts/ are not loaded.',
          count(
            'count by (job, instance) (ALERTS{alertname=~"Imf.*",alertstate="firing",severity="critical"})',
            'instance:imf_exporter_seen:bool{}'
          ),
          steps=lib.count(color.bad),
        ),
        lib.stat(
          'Hosts read',
          'Hosts that the exporters could read just now. Normal: all that you have.',
          'sum(imf_up{})',
          steps=[
            { color: color.unknown, value: null },
            { color: color.unread, value: 0 },
            { color: color.plain, value: 1 },
          ],
        ),
        lib.table(
          'Hosts, worst first',
          'What mail does on each host, since when a service is down, the last update, the likely cause and the runbook. Normal: every host is Flowing or Idle, nothing is down, few messages wait. Click on a host for its board or its page.',
          {
            A: states.flowNow,
            B: lib.always(
              'min by (job, instance) (imf_service_down_since_timestamp_seconds{}) * 1000',
              'max by (job, instance) (imf_up{})'
            ),
            C: 'max by (job, instance, update) (label_join(imf_update_last_info{}, "update", " ", "update_id", "title"))',
            D: 'max by (job, instance) (imf_update_marker_timestamp_seconds{}) * 1000',
            E: states.cause,
            F: runbook,
            G: states.waiting,
          },
          [
            column('instance', 'Host', cell.width(130) + cell.links([
              lib.links.host('${__value.text:percentencode}'),
              lib.links.page('${__value.text:percentencode}'),
            ])),
            column('A', 'Mail flow', cell.width(100) + cell.states(states.flow)),
            column('B', 'Down since', cell.width(120) + cell.ago),
            column('D', 'Sign of update', cell.width(120) + cell.ago),
            column('update', 'Last update', {}),
            column('trouble', 'Likely cause', cell.width(170) + cell.links([lib.links.trouble])),
            column('runbook', 'What next', cell.width(220) + cell.links([lib.links.runbook])),
            column('G', 'Waiting', cell.width(80)),
          ],
          ['Mail flow', 'desc'],
          'No host was read',
          h=10,
        ),
        lib.timeline(
          'Mail flow, the 12 worst hosts of the time range',
          'The worst state of each host in each interval, for the hosts that are worst now or, among equals, were within the time range. Normal: Flowing or Idle all the time. A gap: Prometheus has no sample.',
          [{
            expr: states.flowWithin('$__rate_interval') + 'and on (job, instance) ' + states.worst(12),
            legend: '{{instance}}',
          }],
          states.flow,
          w=13,
          h=10,
        ),
        lib.table(
          'Critical alerts',
          'Alerts that call a person, each with its runbook; needs the rules of alerts/. Normal: none.',
          {
            A: 'max by (job, instance, alertname) (ALERTS{alertname=~"Imf.*",alertstate="firing",severity="critical"})',
            B: |||
              max by (job, instance, alertname) (ALERTS_FOR_STATE{alertname=~"Imf.*",severity="critical"}) * 1000
              and on (job, instance, alertname) ALERTS{alertname=~"Imf.*",alertstate="firing",severity="critical"}
            |||,
          },
          [
            column('instance', 'Host', cell.width(130) + cell.links([
              lib.links.host('${__value.text:percentencode}'),
              lib.links.page('${__value.text:percentencode}'),
            ])),
            column('alertname', 'Alert', cell.links([lib.links.runbook])),
            column('B', 'Since', cell.width(120) + cell.ago),
          ],
          ['Since', 'desc'],
          'No critical alert fires, or the rules are not loaded',
          w=11,
          h=10,
        ),
        lib.graph(
          'Messages in and out, all hosts',
          'Messages per second that came in, and that were sent, delivered or dropped to a folder. Normal: both go up and down together. Out at 0 while messages come in: they pile up.',
          'suffix: /s',
          [
            { expr: 'sum(rate(imf_smtp_messages_received_total{}[$__rate_interval]))', legend: 'in', color: color.idle },
            {
              expr: |||
                sum(rate(imf_smtp_messages_sent_total{}[$__rate_interval]))
                + sum(rate(imf_smtp_messages_delivered_total{}[$__rate_interval]))
                + sum(rate(imf_smtp_directory_drops_total{}[$__rate_interval]))
              |||,
              legend: 'out',
              color: color.good,
            },
          ],
          'SMTP runs on no host',
        ),
        lib.graph(
          'Messages that wait, the five fullest hosts',
          'Files in the queue folders, which count while SMTP is down too; without folders the lengths of the queues. Normal: near 0, with peaks that drain.',
          'short',
          [{
            expr: '(%s)\nand on (job, instance) topk(5, max_over_time((%s)[$__range:1m] @ end()))' % [
              std.stripChars(states.waiting, '\n'),
              std.stripChars(states.waiting, '\n'),
            ],
            legend: '{{instance}}',
          }],
          side='right',
        ),
      ],
    },
    {
      title: 'Thirty days',
      closed: true,
      panels: [
        lib.table(
          'Share of 30 days in which mail was available',
          'As the alert rules record it, of the time for which it is known. Normal: above 99.9 %, which is 43 minutes of 30 days. Empty without the rules.',
          { A: 'sort(max by (job, instance) (instance:imf_mail_available:avg30d{}))' },
          [
            column('instance', 'Host', cell.links([lib.links.host('${__value.text:percentencode}')])),
            column('A', 'Available', {
              unit: 'percentunit',
              decimals: 3,
              color: { mode: 'thresholds' },
              thresholds: {
                mode: 'absolute',
                steps: [{ color: color.bad, value: null }, { color: color.warn, value: 0 }, { color: color.plain, value: 1 }],
              },
            }),
          ],
          ['Available', 'asc'],
          'The alert rules have recorded nothing yet',
        ),
      ],
    },
  ],
)
