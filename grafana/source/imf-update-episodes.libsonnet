// What each update did: under way now first, then the episodes that began within the time range.
local lib = import 'library.libsonnet';
local states = import 'states.libsonnet';
local color = lib.color;
local cell = lib.cell;
local column = lib.column;

// Of the last closed episode of each host at any time within the range, if it began within it: of two
// that ended between two scrapes the first is not here.
local last(metric, labels) =
  'max by (job, instance, episode%s) (last_over_time(%s[$__range]))' % [labels, metric];
local phase(name) = last('imf_update_last_episode_timestamp_seconds{phase="%s"}' % name, '');
local began = '(%s >= $__from / 1000)' % phase('began');
local inRange(expr) = '%s\nand on (job, instance, episode) %s' % [expr, began];
local info = inRange(last('imf_update_last_episode_info{}', ', kind, outcome, started_by'));
local recovery = inRange('(%s - %s)' % [phase('verified'), phase('down')]);
local outage(names) =
  inRange('max by (job, instance, episode) (last_over_time(imf_update_last_episode_outage_seconds{%s}[$__range]))' % names);
local number(expr) = '%s or 0 * count(imf_up{})' % expr;

local host = cell.width(130) + cell.links([
  lib.links.host('${__value.text:percentencode}'),
  lib.links.page('${__value.text:percentencode}'),
]);
// Colours of words: outcomes of episodes.
local outcomes = {
  mappings: [{
    type: 'value',
    options: {
      unaffected: { text: 'unaffected', color: color.plain, index: 0 },
      recovered: { text: 'recovered', color: color.plain, index: 1 },
      recovered_slowly: { text: 'recovered slowly', color: color.warn, index: 2 },
      recovered_after_halt: { text: 'recovered after halt', color: color.bad, index: 3 },
      rolled_back: { text: 'rolled back', color: color.warn, index: 4 },
      unknown: { text: 'not known', color: color.unknown, index: 5 },
    },
  }],
  'custom.cellOptions': { type: 'color-background', mode: 'basic' },
};
local stop = {
  mappings: [{
    type: 'value',
    options: {
      '0': { text: 'go on', color: color.plain, index: 0 },
      '1': { text: 'STOP', color: color.bad, index: 1 },
    },
  }],
  'custom.cellOptions': { type: 'color-background', mode: 'basic' },
};

lib.board(
  'imf-update-episodes',
  'IMF: updates and what they did',
  'Updates that are under way, how the others ended, how long mail was interrupted, and who started the services again.',
  '7d',
  'job=~"$job",instance=~"$instance"',
  [
    lib.variables.datasource,
    lib.variables.query('job', 'Job', 'label_values(imf_up, job)'),
    lib.variables.query('instance', 'Host', 'label_values(imf_up{job=~"$job"}, instance)'),
    lib.variables.exporter,
  ],
  [
    lib.links.board('imf-fleet', 'All hosts'),
    lib.links.top('Start page of the exporter', '${exporter}') { targetBlank: true },
    lib.links.top('Runbook: halted after an update', lib.project + 'runbooks/ImfMailFlowHaltedAfterUpdate.md') { targetBlank: true },
  ],
  [
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
          'Under way',
          'The worst state of an update that is under way. Normal: None. HALTED: it stopped mail.',
          'max(%s)' % std.stripChars(states.episodeBy('%s'), '\n'),
          states=states.episode,
          w=6,
        ),
        lib.stat(
          'Episodes',
          'Closed episodes of updates that began within the time range. Normal: one or two a month for each host.',
          number('count(%s)' % info),
          steps=[{ color: color.unknown, value: null }, { color: color.plain, value: 0 }],
          w=6,
        ),
        lib.stat(
          'Halted mail',
          'Episodes among them in which mail was halted, which are over now. Normal: 0.',
          number('count(%s)' % inRange(last('imf_update_last_episode_info{outcome="recovered_after_halt"}', ''))),
          steps=lib.count(color.bad),
          w=6,
        ),
        lib.stat(
          'Recovery',
          'From the first outage of an episode until mail was verified, of the episodes in the time range. Normal: below a minute. Grey: no episode.',
          'label_replace(max(%s), "which", "longest", "", "") or label_replace(quantile(0.5, %s), "which", "median", "", "")' % [recovery, recovery],
          unit='s',
          steps=[{ color: color.unknown, value: null }, { color: color.plain, value: 0 }],
          legend='{{which}}',
          w=6,
        ),
        lib.table(
          'Under way now',
          'Updates whose episode is not closed: what mail does, since when a service is down, the newest sign of the update. Normal: none, or for minutes, with mail flowing.',
          {
            A: '(%s) > 50' % std.stripChars(states.episodeBy('%s'), '\n'),
            B: states.flowNow + 'and on (job, instance) sum by (job, instance) (imf_update_episode_state{state!="idle"}) > 0',
            C: |||
              min by (job, instance) (imf_service_down_since_timestamp_seconds{}) * 1000
              and on (job, instance) imf_update_episode_state{state="idle"} == 0
            |||,
            D: |||
              max by (job, instance) (imf_update_marker_timestamp_seconds{}) * 1000
              and on (job, instance) imf_update_episode_state{state="idle"} == 0
            |||,
            E: |||
              max by (job, instance, update) (label_join(imf_update_last_info{}, "update", " ", "update_id", "title"))
              and on (job, instance) imf_update_episode_state{state="idle"} == 0
            |||,
          },
          [
            column('instance', 'Host', host),
            column('A', 'Update', cell.width(110) + cell.states(states.episode)),
            column('B', 'Mail flow', cell.width(110) + cell.states(states.flow)),
            column('C', 'Down since', cell.width(130) + cell.ago),
            column('D', 'Sign of update', cell.width(130) + cell.ago),
            column('update', 'Last update', {}),
          ],
          ['Update', 'desc'],
          'No update is under way on the hosts that were read',
          h=7,
        ),
        lib.table(
          'Episodes that began in the time range',
          'One row for each update. Normal: recovered, in less than a minute, without a person. recovered after halt: find the slow plug-in before the next update. Recovery is from the first outage until mail was verified.',
          {
            A: info,
            B: inRange(phase('began') + ' * 1000'),
            C: recovery,
            D: outage('name="IISADMIN"'),
            E: outage('name="SMTPSVC"'),
          },
          [
            column('instance', 'Host', host),
            column('outcome', 'Outcome', cell.width(150) + outcomes),
            column('B', 'Began', cell.width(180) + cell.time),
            column('kind', 'Kind', cell.width(100)),
            column('C', 'Recovery', cell.duration),
            column('D', 'IISADMIN out', cell.duration),
            column('E', 'SMTPSVC out', cell.duration),
            column('started_by', 'Started again by', {}),
          ],
          ['Began', 'desc'],
          'No episode began in this time range',
          h=10,
        ),
        lib.table(
          'Updates over all hosts',
          'The newest updates and what they did to the hosts that they have reached, by exporters of more than one host, regardless of the hosts chosen above. Normal: hosts recovered. Stop: one update halted mail on three hosts and on 5 % of those that have it, within 24 hours.',
          {
            A: 'max by (job, instance, update_id) (imf_update_rollout_stop)',
            B: 'sum by (job, instance, update_id) (imf_update_hosts)',
            C: 'sum by (job, instance, update_id) (imf_update_hosts{*outcome=~"halted|recovered_after_halt"})',
            D: 'sum by (job, instance, update_id) (imf_update_hosts{*outcome=~"open|verifying"})',
          },
          [
            column('update_id', 'Update', cell.links([lib.links.update])),
            column('A', 'Roll-out', cell.width(110) + stop),
            column('B', 'Hosts', cell.width(80)),
            column('C', 'Halted', cell.width(80)),
            column('D', 'Not over', cell.width(90)),
          ],
          ['Halted', 'desc'],
          'No exporter of more than one host has seen an update',
          h=7,
        ),
        lib.timeline(
          'Mail flow around updates',
          'The worst state in each interval, of the 12 hosts with the newest sign of an update in the time range. Normal: Flowing or Idle, with an interruption of seconds.',
          [{
            expr: states.flowWithin('$__rate_interval') + 'and on (job, instance) ' + |||
              topk(12, max by (job, instance) (max_over_time(imf_update_marker_timestamp_seconds{}[$__range] @ end()) >= $__from / 1000))
            |||,
            legend: '{{instance}}',
          }],
          states.flow,
        ),
        lib.table(
          'How the updates of each host end',
          'Closed episodes of the time range by their end. Normal: recovered, started by none, a recovery action or a boot. administrator: the host does not come back by itself.',
          { A: 'count by (job, instance, outcome, started_by) (%s)' % info },
          [
            column('instance', 'Host', host),
            column('outcome', 'Outcome', cell.width(150) + outcomes),
            column('started_by', 'Started again by', {}),
            column('A', 'Episodes', cell.width(80)),
          ],
          ['Host', 'asc'],
          'No episode began in this time range',
          w=12,
        ),
        lib.table(
          'Updates of each host',
          'The last update, what is pending and when Windows installs it, and since when a reboot is pending. Normal: few pending updates, no pending reboot.',
          {
            A: 'max by (job, instance) (imf_update_marker_timestamp_seconds{}) * 1000 or 0 * max by (job, instance) (imf_up{} == 1)',
            B: 'max by (job, instance, update) (label_join(imf_update_last_info{}, "update", " ", "update_id", "title"))',
            C: 'count by (job, instance) (imf_update_pending{})',
            D: 'max by (job, instance) (imf_update_scheduled_timestamp_seconds{}) * 1000',
            E: 'max by (job, instance) (imf_host_reboot_pending_since_timestamp_seconds{}) * 1000',
          },
          [
            column('instance', 'Host', host),
            column('A', 'Sign of update', cell.width(120) + cell.ago),
            column('update', 'Last update', {}),
            column('C', 'Pending', cell.width(70)),
            column('D', 'Next install', cell.width(110) + cell.ago),
            column('E', 'Reboot due', cell.width(110) + cell.ago),
          ],
          ['Sign of update', 'desc'],
          'No host was read',
          w=12,
        ),
      ],
    },
    {
      title: 'Events',
      panels: [
        lib.table(
          'Failures of services',
          'Failures in the event log since the exporter knows the host, by event id, and the last crash. As counts, because a counter that begins with its only event has no rate. Normal: no row.',
          {
            A: 'max by (job, instance, name, event_id) (imf_service_failures_total{})',
            B: 'max by (job, instance, name) (imf_service_last_crash_timestamp_seconds{}) * 1000',
          },
          [
            column('instance', 'Host', host),
            column('name', 'Service', {}),
            column('event_id', 'Event', cell.width(90)),
            column('A', 'How often', cell.width(100)),
            column('B', 'Last crash', cell.width(130) + cell.ago),
          ],
          ['How often', 'desc'],
          'No service failed',
          w=12,
        ),
        lib.table(
          'Updates that failed',
          'Updates whose installation failed and that were not installed since. Normal: none.',
          { A: 'max by (job, instance, kind, update_id, title) (imf_update_failed_timestamp_seconds{}) * 1000' },
          [
            column('instance', 'Host', host),
            column('A', 'Failed', cell.width(130) + cell.ago),
            column('update_id', 'Update', cell.width(110)),
            column('title', 'Title', {}),
          ],
          ['Failed', 'desc'],
          'No update failed',
          w=12,
        ),
      ],
    },
  ],
)
