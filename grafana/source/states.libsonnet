// The states that several panels show: one number, one word and one colour for each.
local color = (import 'library.libsonnet').color;

{
  // Sorted by how soon a person has to look: the highest is the worst. A host that cannot be read may
  // be halted, so it comes before all that is known to be less.
  flow: [
    { state: 'idle', code: 1, text: 'Idle', color: color.idle },
    { state: 'flowing', code: 2, text: 'Flowing', color: color.good },
    { state: 'answering', code: 3, text: 'SMTP answers', color: color.good },
    { state: 'unknown', code: 4, text: 'Unknown', color: color.unknown },
    { state: 'retrying', code: 5, text: 'Retrying', color: color.minor },
    { state: 'interrupted', code: 6, text: 'Interrupted', color: color.warn },
    { state: 'stalled', code: 7, text: 'Stalled', color: color.warn },
    { state: 'bouncing', code: 8, text: 'Bouncing', color: color.warn },
    { state: 'stuck', code: 9, text: 'Stuck', color: color.warn },
    { code: 10, text: 'Not readable', color: color.unread },
    { state: 'halted', code: 11, text: 'HALTED', color: color.bad },
  ],

  // The worst state of each host: now, or within a range of time.
  flowNow: self.flowBy('%s', '%s'),
  flowWithin(range): self.flowBy('max_over_time(%s[' + range + '])', 'min_over_time(%s[' + range + '])'),
  // The n hosts that are worst now and, among equals, were worst within the range.
  worst(n): |||
    topk(%d,
      20 * (%s)
      + on (job, instance) (%s)
    )
  ||| % [
    n,
    std.stripChars(self.flowBy('%s @ end()', '%s @ end()'), '\n'),
    std.stripChars(self.flowBy('max_over_time(%s[$__range] @ end())', 'min_over_time(%s[$__range] @ end())'), '\n'),
  ],
  flowBy(max, min): |||
    max by (job, instance) (
      %s
      or (1 - %s * on (job, instance) %s) * 10
      or (1 - %s) * 10 and on (job, instance) count_over_time(imf_up{}[$__range] @ end())
    )
  ||| % [
    std.join('\n  or ', [
      max % ('imf_mail_flow_state{state="%s"}' % s.state) + ' * ' + s.code
      for s in self.flow
      if std.objectHas(s, 'state')
    ]),
    min % 'imf_up{}',
    min % 'up{}',
    min % 'up{}',
  ],

  // A host that was read before and is not now: by the exporter, or because that does not answer.
  notReadable: |||
    imf_up{} == 0
    or (up{} == 0 and on (job, instance) count_over_time(imf_up{}[$__range]))
  |||,

  standing: [
    { state: 'running', code: 21, text: 'Running', color: color.good },
    { state: 'resting', code: 22, text: 'Resting', color: color.unknown },
    { state: 'missing', code: 23, text: 'Missing', color: color.unknown },
    { state: 'unknown', code: 24, text: 'Not known', color: color.unknown },
    { state: 'disabled', code: 25, text: 'Disabled', color: color.unknown },
    { state: 'paused', code: 26, text: 'Paused', color: color.warn },
    { state: 'down', code: 27, text: 'Down', color: color.warn },
    { state: 'removed', code: 28, text: 'Removed', color: color.bad },
    { state: 'left_down_by_update', code: 29, text: 'Left down by update', color: color.bad },
    { code: 30, text: 'DOWN TOO LONG', color: color.bad },
  ],
  standingBy(max): |||
    max by (job, instance, name) (
      %s
      or %s * 30
    )
  ||| % [
    std.join('\n  or ', [
      max % ('imf_service_standing{standing="%s"}' % s.state) + ' * ' + s.code
      for s in self.standing
      if std.objectHas(s, 'state')
    ]),
    max % 'imf_service_halted{}',
  ],

  banner: [
    { code: 40, text: 'No answer', color: color.bad },
    { code: 41, text: 'Answers', color: color.good },
  ],

  episode: [
    { state: 'idle', code: 50, text: 'None', color: color.plain },
    { state: 'open', code: 51, text: 'Under way', color: color.work },
    { state: 'verifying', code: 52, text: 'Verifying', color: color.idle },
    { state: 'halted', code: 53, text: 'HALTED', color: color.bad },
  ],
  episodeBy(max): |||
    max by (job, instance) (
      %s
    )
    and on (job, instance) imf_up{} == 1
  ||| % std.join('\n  or ', [
    max % ('imf_update_episode_state{state="%s"}' % s.state) + ' * ' + s.code
    for s in self.episode
  ]),

  // One likely cause of each host. What keeps services down comes before what keeps mail from passing.
  cause: |||
    max by (job, instance, trouble) (topk by (job, instance) (1,
      imf_known_trouble{trouble!~"next_hop_refuses_login|dns_fails|queue_file_idle|badmail_full"} == 1
      or on (job, instance) imf_known_trouble{} == 1
    ))
  |||,

  // Messages that wait: files of the queue folder, which count while SMTP is down too.
  waiting: |||
    sum by (job, instance) (imf_smtp_folder_messages{folder="queue"})
    or sum by (job, instance) (imf_smtp_queue_length{queue=~"local|local_retry|remote|remote_retry|categorizer|pending_routing"})
  |||,
}
