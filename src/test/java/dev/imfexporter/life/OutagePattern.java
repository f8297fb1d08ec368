package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.MarkerType;
import java.util.List;
import java.util.Optional;

/**
 * What truly happens to a host. Times are seconds from its begin.
 *
 * @param name that of the host
 * @param downs in the order of their begins; those of one service do not touch each other
 * @param markers times of markers of updates
 * @param gaps times in which the exporter is not there
 */
record OutagePattern(
    String name, int minutes, List<Down> downs, List<Integer> markers, List<Night.Gap> gaps) {

  /** A service is down from one time until another. */
  record Down(LifeService service, int from, int until, Optional<SetAside> aside) {
    Down(LifeService service, int from, int until) {
      this(service, from, until, Optional.empty());
    }
  }

  /** The service gets a start mode in the middle of its outage, and is automatic again after it. */
  record SetAside(int at, StartMode mode) {}

  Night night() {
    Night night = new Night(name, minutes, false);
    night.watch(LifeService.W3SVC);
    for (Down down : downs) {
      night.enters(down.from(), down.service(), ServiceState.STOPPED);
      night.enters(down.until(), down.service(), ServiceState.RUNNING);
      down.aside().ifPresent(aside -> night.sets(aside.at(), down.service(), aside.mode()));
      down.aside().ifPresent(aside -> night.sets(down.until(), down.service(), StartMode.AUTO));
    }
    markers.forEach(at -> night.marker(at, MarkerType.INSTALLED, UpdateKind.WINDOWS));
    gaps.forEach(gap -> night.gap(gap.from(), gap.until()));
    return night;
  }
}
