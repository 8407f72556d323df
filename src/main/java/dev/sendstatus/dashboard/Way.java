package dev.sendstatus.dashboard;

/** One of several looks at the same thing. @param here whether this page is it */
public record Way(String word, String href, boolean here) {

    static Way to(String word, String href) {
        return new Way(word, href, false);
    }
}
