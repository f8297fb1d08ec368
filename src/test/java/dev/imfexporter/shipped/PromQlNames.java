package dev.imfexporter.shipped;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names in a PromQL expression: which metrics it selects by which labels, which labels it
 * groups or joins by, and which labels it makes itself.
 *
 * <p>It reads tokens, not the grammar: whether an expression is valid is for Prometheus to say.
 * Grafana's variables may stand in strings and in ranges, and $__from as a number. Source of the
 * lexical rules: <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Querying
 * basics</a>.
 *
 * @param selectors in the order of the expression
 * @param labels named by {@code by}, {@code without}, {@code on}, {@code ignoring}, {@code
 *     group_left}, {@code group_right}, or read by {@code label_join} or {@code label_replace}
 * @param made labels that {@code label_join}, {@code label_replace} or {@code count_values} add
 */
record PromQlNames(List<Selector> selectors, Set<String> labels, Set<String> made) {

  /**
   * One selection of series.
   *
   * @param matchers without the one on {@code __name__}
   * @param range what stands in the brackets behind it, or null for an instant selector
   * @param function the call whose direct argument it is, or null
   */
  record Selector(
      String metric,
      List<LabelMatcher> matchers,
      @Nullable String range,
      @Nullable String function) {}

  /** One label matcher; the value is as written, without its quotes. */
  record LabelMatcher(String label, String operator, String value) {}

  /** The names of an expression; throws IllegalArgumentException where it makes no sense of it. */
  static PromQlNames of(String expression) {
    return new Reader(expression).read();
  }

  private enum Kind {
    STRING,
    WORD,
    NUMBER,
    RANGE,
    SYMBOL
  }

  private record Token(Kind kind, String text) {}

  private static final Token COMMA = new Token(Kind.SYMBOL, ",");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#[^\\n]*"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)"
              + "|(?<word>[A-Za-z_:][A-Za-z0-9_:]*)"
              + "|(?<number>\\$__from|\\.?[0-9][A-Za-z0-9_.]*)"
              + "|\\[(?<range>[^\\]]*)\\]"
              + "|(?<symbol>=~|!~|!=|==|<=|>=|[-+*/%^<>=(){},@])");

  private static final Set<String> LABEL_LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan");

  /** An open parenthesis: the function it belongs to, if any, and the argument being read. */
  private static final class Call {
    final @Nullable String function;
    int argument;

    Call(@Nullable String function) {
      this.function = function;
    }
  }

  private static final class Reader {
    private final String expression;
    private final List<Token> tokens;
    private int next;
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels = new TreeSet<>();
    private final Set<String> made = new TreeSet<>();
    private final Deque<Call> calls = new ArrayDeque<>();

    Reader(String expression) {
      this.expression = expression;
      this.tokens = tokens(expression);
    }

    PromQlNames read() {
      while (next < tokens.size()) {
        Token token = tokens.get(next);
        switch (token.kind()) {
          case WORD -> word(token.text());
          case STRING -> argument(token.text());
          case SYMBOL -> symbol(token.text());
          case NUMBER, RANGE -> next++;
        }
      }
      if (!calls.isEmpty()) {
        throw senseless("a parenthesis is not closed");
      }
      return new PromQlNames(List.copyOf(selectors), Set.copyOf(labels), Set.copyOf(made));
    }

    private void symbol(String symbol) {
      switch (symbol) {
        case "{" -> selector(null);
        case "(" -> open(null);
        case ")" -> {
          if (calls.poll() == null) {
            throw senseless("a parenthesis is closed that was not opened");
          }
          next++;
        }
        default -> {
          Call call = calls.peek();
          if (symbol.equals(",") && call != null) {
            call.argument++;
          }
          next++;
        }
      }
    }

    private void word(String word) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (LABEL_LISTS.contains(lower)) {
        next++;
        labelList();
      } else if (OPERATORS.contains(lower)) {
        next++;
      } else if (isSymbol(next + 1, "(")) {
        next++;
        open(lower);
      } else if (isGrouping(next + 1)) {
        // An aggregation with its labels before its argument: sum by (a) (b).
        next += 2;
        labelList();
        if (!isSymbol(next, "(")) {
          throw senseless(word + " has no argument");
        }
        open(lower);
      } else {
        next++;
        selector(word);
      }
    }

    private void open(@Nullable String function) {
      calls.push(new Call(function));
      next++;
    }

    /** The list behind a keyword; group_left and group_right need none. */
    private void labelList() {
      if (!isSymbol(next, "(")) {
        return;
      }
      next++;
      while (!isSymbol(next, ")")) {
        Token token = take();
        if (token.kind() == Kind.WORD || token.kind() == Kind.STRING) {
          labels.add(token.text());
        } else if (!token.equals(COMMA)) {
          throw senseless("'" + token.text() + "' in a list of labels");
        }
      }
      next++;
    }

    /** Reads matchers and range; the next token is the one behind the metric's name, if any. */
    private void selector(@Nullable String name) {
      String metric = name;
      List<LabelMatcher> matchers = new ArrayList<>();
      if (isSymbol(next, "{")) {
        next++;
        while (!isSymbol(next, "}")) {
          Token label = take();
          if (label.kind() == Kind.STRING && (isSymbol(next, ",") || isSymbol(next, "}"))) {
            metric = label.text();
          } else if (!label.equals(COMMA)) {
            String operator = take().text();
            Token value = take();
            if (value.kind() != Kind.STRING) {
              throw senseless("the value of label " + label.text() + " is not a string");
            }
            if (label.text().equals("__name__") && operator.equals("=")) {
              metric = value.text();
            } else {
              matchers.add(new LabelMatcher(label.text(), operator, value.text()));
            }
          }
        }
        next++;
      }
      if (metric == null) {
        throw senseless("a selector names no metric");
      }
      String range = null;
      if (next < tokens.size() && tokens.get(next).kind() == Kind.RANGE) {
        range = tokens.get(next).text();
        next++;
      }
      Call call = calls.peek();
      selectors.add(
          new Selector(metric, List.copyOf(matchers), range, call == null ? null : call.function));
    }

    private void argument(String text) {
      next++;
      Call call = calls.peek();
      if (call == null || call.function == null) {
        return;
      }
      switch (call.function) {
        case "count_values" -> made.add(text);
        case "label_join" -> {
          if (call.argument == 1) {
            made.add(text);
          } else if (call.argument > 2) {
            labels.add(text);
          }
        }
        case "label_replace" -> {
          if (call.argument == 1) {
            made.add(text);
          } else if (call.argument == 3 && !text.isEmpty()) {
            labels.add(text);
          }
        }
        default -> {}
      }
    }

    private Token take() {
      if (next >= tokens.size()) {
        throw senseless("it ends too early");
      }
      return tokens.get(next++);
    }

    private boolean isSymbol(int index, String symbol) {
      return index < tokens.size() && tokens.get(index).equals(new Token(Kind.SYMBOL, symbol));
    }

    private boolean isGrouping(int index) {
      if (index >= tokens.size() || tokens.get(index).kind() != Kind.WORD) {
        return false;
      }
      String word = tokens.get(index).text().toLowerCase(Locale.ROOT);
      return word.equals("by") || word.equals("without");
    }

    private static List<Token> tokens(String expression) {
      List<Token> tokens = new ArrayList<>();
      Matcher matcher = TOKEN.matcher(expression);
      int position = 0;
      while (position < expression.length()) {
        if (!matcher.find(position) || matcher.start() != position) {
          throw senseless(expression, "unknown token at " + expression.substring(position));
        }
        position = matcher.end();
        String string = matcher.group("string");
        String word = matcher.group("word");
        String number = matcher.group("number");
        String range = matcher.group("range");
        String symbol = matcher.group("symbol");
        if (string != null) {
          tokens.add(new Token(Kind.STRING, string.substring(1, string.length() - 1)));
        } else if (word != null) {
          tokens.add(new Token(Kind.WORD, word));
        } else if (number != null) {
          tokens.add(new Token(Kind.NUMBER, number));
        } else if (range != null) {
          tokens.add(new Token(Kind.RANGE, range));
        } else if (symbol != null) {
          tokens.add(new Token(Kind.SYMBOL, symbol));
        }
      }
      return tokens;
    }

    private IllegalArgumentException senseless(String reason) {
      return senseless(expression, reason);
    }

    private static IllegalArgumentException senseless(String expression, String reason) {
      return new IllegalArgumentException("no sense in " + expression + ": " + reason);
    }
  }
}
