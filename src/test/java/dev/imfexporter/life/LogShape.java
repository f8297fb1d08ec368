package dev.imfexporter.life;

/** Which Windows writes the log. */
public enum LogShape {
  /** Display names and words in the strings, no data; controls (7035) with the sender's SID. */
  SERVER_2003,
  /** Short name and number of the state in the data of 7036; no 7035. */
  VISTA
}
