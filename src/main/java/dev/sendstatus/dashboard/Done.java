package dev.sendstatus.dashboard;

/** That a button did something. @param path of the page that says so */
record Done(String path, Said said) {
    static Done good(String path, String text) {
        return new Done(path, new Said(text, true));
    }

    static Done bad(String path, String text) {
        return new Done(path, new Said(text, false));
    }
}
