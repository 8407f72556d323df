package dev.sendstatus.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "168.63.129.15",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "::ffff:8.8.8.8"
            })
    void isPublic(String address) throws Exception {
        assertThat(PublicAddresses.refusal(InetAddress.getByName(address))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this host",
        "0.1.2.3, this host",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "100.64.0.0, carrier-grade",
        "100.100.100.200, carrier-grade",
        "100.127.255.255, carrier-grade",
        "127.0.0.1, this host",
        "127.255.255.254, this host",
        "168.63.129.16, metadata",
        "169.254.0.1, local link",
        "169.254.169.254, metadata",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.0.0.192, protocols",
        "192.0.2.1, documentation",
        "192.88.99.1, 6to4",
        "192.168.1.1, private",
        "198.18.0.1, tests",
        "198.19.255.255, tests",
        "198.51.100.1, documentation",
        "203.0.113.1, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "255.255.255.255, reserved",
        "::, another form",
        "::1, this host",
        "::7f00:1, another form",
        "::ffff:127.0.0.1, this host",
        "::ffff:10.0.0.1, private",
        "::ffff:169.254.169.254, metadata",
        "64:ff9b::7f00:1, NAT64",
        "64:ff9b::808:808, NAT64",
        "64:ff9b:1::1, NAT64",
        "100::1, not public",
        "1fff::1, not public",
        "2001::1, Teredo",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
        "2001:10::1, protocols",
        "2001:1ff::1, protocols",
        "2001:db8::1, documentation",
        "2002:7f00:1::1, 6to4",
        "2002:a00:1::, 6to4",
        "3fff:fff::1, documentation",
        "4000::1, not public",
        "5f00::1, not public",
        "fc00::1, private",
        "fd00:ec2::254, private",
        "fdff::1, private",
        "fe80::1, local link",
        "febf::1, local link",
        "fec0::1, not public",
        "ff02::1, multicast"
    })
    void isRefused(String address, String why) throws Exception {
        assertThat(PublicAddresses.refusal(InetAddress.getByName(address))).contains(why);
    }

    @Test
    void everyAddressOfThisHostIsRefused() throws Exception {
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(one.getInetAddresses())) {
                assertThat(PublicAddresses.refusal(address))
                        .as(address.toString())
                        .isNotNull();
            }
        }
    }
}
