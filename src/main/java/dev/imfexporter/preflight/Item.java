package dev.imfexporter.preflight;

import dev.imfexporter.text.HasWord;
import java.util.function.Function;

/** What is checked. The word of an item names it in JSON and in documents. */
public enum Item implements HasWord {
  RUNNING_NOW("Does everything run, and does mail flow, before anything is changed?", Now::running),
  KNOWN_TROUBLES("Is a known trouble likely now?", Now::troubles),
  START_MODES("Will a boot start IIS Admin and SMTP?", Starts::ofMail),
  RECOVERY_ACTIONS("What does Windows do when IIS Admin or SMTP fails?", Recovery::of),
  DEPENDENTS("Will the services that depend on IIS Admin come back too?", Starts::ofDependents),
  PAST_RESTARTS("Did mail come back after earlier updates, and how soon?", Past::restarts),
  COMPONENTS("What else has to stop and start with inetinfo.exe?", Past::components),
  BADMAIL("Is Badmail small enough for a quick stop?", Queues::badmail),
  QUEUES("Are the queues short?", Queues::lengths),
  DISKS("Is there room on the disks of the mail folders?", Queues::disks),
  SMTP_ANSWERS("Does SMTP answer its clients as it should?", Clients::answers),
  REBOOT("Does Windows wait for a reboot?", Coming::reboot),
  UPDATES("Which updates are to come, and when?", Coming::updates),
  DEFINITION("Is the last update of the definition complete?", Coming::definition),
  EVENT_LOGS("Will the event logs show what happened?", Past::eventLogs);

  private final String question;

  @SuppressWarnings("ImmutableEnumChecker") // A reference to a pure method.
  private final Function<Outlook, Answer> check;

  Item(String question, Function<Outlook, Answer> check) {
    this.question = question;
    this.check = check;
  }

  public String question() {
    return question;
  }

  Check of(Outlook host) {
    return check.apply(host).of(this);
  }
}
