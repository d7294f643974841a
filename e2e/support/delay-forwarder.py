"""Delays packets: what the kernel routes into a TUN device comes out of it again some milliseconds later.

Usage: delay-forwarder.py DEVICE SUBNET=MILLISECONDS...
A subnet is the first three numbers of its addresses. A packet waits as long as its sender's and its receiver's
subnets say, added up. Prints "ready" once it forwards. Node cannot do this: it has no ioctl, which attaching to
a TUN device takes.
"""
import fcntl
import heapq
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000

device = sys.argv[1]
delays = {}
for argument in sys.argv[2:]:
    subnet, milliseconds = argument.split("=")
    delays[bytes(int(part) for part in subnet.split("."))] = float(milliseconds) / 1000

tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
print("ready", flush=True)

waiting = []  # (when it is due, how many came before it, packet): a heap, so that equal delays keep their order
count = 0
while True:
    timeout = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
    if select.select([tun], [], [], timeout)[0]:
        packet = os.read(tun, 65536)
        delay = delays.get(packet[12:15], 0) + delays.get(packet[16:19], 0)
        count += 1
        heapq.heappush(waiting, (time.monotonic() + delay, count, packet))
    while waiting and waiting[0][0] <= time.monotonic():
        os.write(tun, heapq.heappop(waiting)[2])
