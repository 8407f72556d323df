package dev.sendstatus.query;

/** Makes a text that a provider or a sender chose safe for a cell of a CSV file that is opened in a spreadsheet. */
public final class SpreadsheetCell {
    private SpreadsheetCell() {}

    /**
     * A cell that would run as a formula gets an apostrophe in front. A phone number does not: people and programs look for it
     * in these files, and with nothing but digits after its plus, which neither name a function nor a cell, there is nothing in
     * it that could run. Any other cell that begins with a plus is treated like the rest.
     */
    public static String safe(String cell) {
        if (cell.isEmpty()) {
            return cell;
        }
        return switch (cell.charAt(0)) {
            case '=', '-', '@', '\t', '\r', '\n' -> "'" + cell;
            case '+' -> isNumbers(cell) ? cell : "'" + cell;
            default -> cell;
        };
    }

    private static boolean isNumbers(String cell) {
        boolean afterPlus = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean begins = c == '+' && (i == 0 || cell.charAt(i - 1) == ';');
            boolean digit = c >= '0' && c <= '9';
            boolean separates = c == ';' && !afterPlus;
            if (!begins && !digit && !separates) {
                return false;
            }
            afterPlus = begins;
        }
        return !afterPlus;
    }
}
