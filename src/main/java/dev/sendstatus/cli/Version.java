package dev.sendstatus.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built with. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "sendstatus " + (version == null ? "(not built as a jar)" : version), "Java " + Runtime.version()
        };
    }
}
