package dev.sendstatus;

/** Where the program starts. */
public final class Sendstatus {
    private Sendstatus() {}

    public static void main(String[] arguments) {
        System.out.println(arguments.length);
    }
}
