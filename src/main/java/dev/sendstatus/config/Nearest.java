package dev.sendstatus.config;

import java.util.Collection;
import java.util.Locale;

/** The known word that was most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean "x"?}, or an empty text where no word is near. */
    public static String question(String word, Collection<String> known) {
        String near = of(word, known);
        return near.isEmpty() ? "" : "; did you mean \"" + near + "\"?";
    }

    /** Empty where it takes more changes than half the letters. Of two that are as near it is the one that begins alike for longer. */
    static String of(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        String best = "";
        int bestDistance = Math.max(2, word.length() / 2) + 1;
        for (String candidate : known) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance || (distance == bestDistance && alike(word, candidate) > alike(word, best))) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    private static int alike(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** The number of letters to put in, leave out, or swap with their neighbour. So a word too few counts less than another word. */
    private static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
                if (same) {
                    least = Math.min(least, cost[i - 1][j - 1]);
                }
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[one.length()][other.length()];
    }
}
