package dev.imfexporter.websecurity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The users who may log in, with the bcrypt hashes of their passwords. Results are kept, so that a
 * scrape costs no bcrypt. An unknown user costs as much as the known one whose hash costs most.
 * Thread-safe.
 */
public final class Passwords {
  private static final Pattern HASH = Pattern.compile("\\$2[aby]?\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private final Map<String, String> hashes;

  /** The one that costs most; empty without users. */
  private final String costliest;

  private final Results results;

  /**
   * @param hashes of each user, of which each has a {@link #cost}
   */
  public Passwords(Map<String, String> hashes) {
    this(hashes, new Results());
  }

  private Passwords(Map<String, String> hashes, Results results) {
    this.hashes = Map.copyOf(hashes);
    this.costliest =
        hashes.values().stream()
            .max(
                Comparator.<String>comparingInt(hash -> cost(hash).orElse(0))
                    .thenComparing(Comparator.naturalOrder()))
            .orElse("");
    this.results = results;
  }

  /** The same users; what the others found is known for each user whose hash is the same. */
  Passwords withResultsOf(Passwords others) {
    return new Passwords(hashes, others.results);
  }

  /** The cost of a bcrypt hash, of which each step doubles the time; empty for no such hash. */
  public static Optional<Integer> cost(String hash) {
    Matcher matcher = HASH.matcher(hash);
    return matcher.matches()
        ? Optional.of(Integer.valueOf(matcher.group(1))).filter(cost -> cost >= 4 && cost <= 31)
        : Optional.empty();
  }

  /** Whether there is no user, and everyone may ask. */
  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether the password is right, if that is known from before; takes microseconds. */
  public Optional<Boolean> known(String user, String password) {
    return results.find(results.key(user, hashes.getOrDefault(user, ""), password));
  }

  /** Whether the password is right; takes as long as bcrypt does. There is at least one user. */
  public boolean check(String user, String password) {
    Optional<Boolean> before = known(user, password);
    if (before.isPresent()) {
      return before.get();
    }
    boolean same = OpenBSDBCrypt.checkPassword(compared(user), password.toCharArray());
    String own = hashes.getOrDefault(user, "");
    boolean found = !own.isEmpty() && same;
    results.keep(results.key(user, own, password), found);
    return found;
  }

  /** The hash that a password of the user is compared with, also of one that there is not. */
  String compared(String user) {
    return hashes.getOrDefault(user, costliest);
  }

  /** What was found for a user, a hash and a password. Thread-safe. */
  private static final class Results {
    /** As many of each result as the toolkit keeps of both. */
    private static final int KEPT = 100;

    private final SecretKeySpec random = randomKey();

    /** Right ones apart from wrong ones, so that guesses do not displace them. Guarded by this. */
    private final Set<ByteBuffer> right = new LinkedHashSet<>();

    /** Guarded by this. */
    private final Set<ByteBuffer> wrong = new LinkedHashSet<>();

    synchronized Optional<Boolean> find(ByteBuffer key) {
      if (right.contains(key)) {
        return Optional.of(true);
      }
      return wrong.contains(key) ? Optional.of(false) : Optional.empty();
    }

    synchronized void keep(ByteBuffer key, boolean found) {
      Set<ByteBuffer> kept = found ? right : wrong;
      if (kept.size() >= KEPT) {
        Iterator<ByteBuffer> oldest = kept.iterator();
        oldest.next();
        oldest.remove();
      }
      kept.add(key);
    }

    /**
     * A keyed digest: neither the password nor what could be searched for it stays in memory.
     *
     * @param hash of the user; empty for one who may not log in
     */
    ByteBuffer key(String user, String hash, String password) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(random);
        for (String part : List.of(user, hash, password)) {
          byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
          mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
          mac.update(bytes);
        }
        return ByteBuffer.wrap(mac.doFinal());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java has HmacSHA256", e);
      }
    }

    private static SecretKeySpec randomKey() {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      return new SecretKeySpec(key, "HmacSHA256");
    }
  }
}
