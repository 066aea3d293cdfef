"""Who asks at the demo desk? Customers of three tiers, Chinese and English, small and large."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from tkt.model import Customer

RETAIL, FOOD, HOSPITALITY, WHOLESALE, SERVICES = "retail", "food", "hospitality", "wholesale", "services"
EAST, SOUTH, WEST, NORTH, EUROPE = "east", "south", "west", "north", "europe"
_WEIGHT = {"vip": 6, "standard": 3, "basic": 1}
"""How many requests a customer of a tier makes for one of the smallest."""


def _customer(
    key: str, name: str, tier: str, language: str, industry: str, region: str, *contacts: tuple[str, str, str]
) -> Customer:
    return Customer(
        id=key,
        name=name,
        tier=tier,
        language=language,
        contacts=tuple({"name": who, "email": mail, "phone": phone} for who, mail, phone in contacts),
        values=MappingProxyType({"industry": industry, "region": region}),
    )


CUSTOMERS: tuple[Customer, ...] = (
    _customer("xinghe", "星河连锁超市", "vip", "zh", RETAIL, EAST,
              ("张伟", "zhang.wei@xinghe.example", "+86 571 5550 1201"),
              ("刘洋", "liu.yang@xinghe.example", "+86 571 5550 1202")),
    _customer("nordwind", "Nordwind Trading GmbH", "vip", "en", WHOLESALE, EUROPE,
              ("Katrin Vogel", "katrin.vogel@nordwind.example", "+49 40 5550 131"),
              ("Jonas Brandt", "jonas.brandt@nordwind.example", "+49 40 5550 132")),
    _customer("qinghe", "青禾食品", "standard", "zh", FOOD, EAST,
              ("陈静", "chen.jing@qinghe.example", "+86 25 5550 2301"),
              ("黄磊", "huang.lei@qinghe.example", "+86 25 5550 2302")),
    _customer("mingde", "明德书店", "standard", "zh", RETAIL, EAST,
              ("许莹", "xu.ying@mingde.example", "+86 21 5550 3401"),
              ("马超", "ma.chao@mingde.example", "+86 21 5550 3402")),
    _customer("haitang", "海棠酒店", "standard", "zh", HOSPITALITY, SOUTH,
              ("高敏", "gao.min@haitang.example", "+86 592 5550 4501"),
              ("罗成", "luo.cheng@haitang.example", "+86 592 5550 4502")),
    _customer("suda", "速达生鲜", "standard", "zh", FOOD, WEST,
              ("何娜", "he.na@suda.example", "+86 28 5550 5601"),
              ("邓涛", "deng.tao@suda.example", "+86 28 5550 5602")),
    _customer("baker-sons", "Baker & Sons", "standard", "en", FOOD, EUROPE,
              ("Olivia Baker", "olivia@bakersons.example", "+44 113 555 0161"),
              ("Daniel Price", "daniel@bakersons.example", "+44 113 555 0162")),
    _customer("larkspur", "Larkspur Garden Centres", "standard", "en", RETAIL, EUROPE,
              ("Priya Nair", "priya.nair@larkspur.example", "+44 20 5550 0171"),
              ("Tom Hughes", "tom.hughes@larkspur.example", "+44 20 5550 0172")),
    _customer("chenguang", "晨光便利店", "basic", "zh", RETAIL, WEST,
              ("钱进", "qian.jin@chenguang.example", "+86 29 5550 6701")),
    _customer("xiaoman", "小满咖啡", "basic", "zh", HOSPITALITY, EAST,
              ("叶子", "yezi@xiaoman.example", "+86 512 5550 7801")),
    _customer("pixel-pine", "Pixel & Pine", "basic", "en", SERVICES, EUROPE,
              ("Sara Lind", "sara@pixelpine.example", "+46 8 5550 181")),
    _customer("yunling", "云岭茶业", "standard", "zh", FOOD, SOUTH,
              ("段晓梅", "duan.xiaomei@yunling.example", "+86 871 5550 8101")),
    _customer("beichen", "北辰文具", "standard", "zh", WHOLESALE, NORTH,
              ("郑凯", "zheng.kai@beichen.example", "+86 22 5550 8201")),
    _customer("lanjing", "蓝鲸水产", "standard", "zh", FOOD, SOUTH,
              ("林海", "lin.hai@lanjing.example", "+86 20 5550 8301")),
    _customer("wanhe", "万和家居", "standard", "zh", RETAIL, NORTH,
              ("曹颖", "cao.ying@wanhe.example", "+86 10 5550 8401")),
    _customer("jiufang", "九方烘焙", "standard", "zh", FOOD, EAST,
              ("孟瑶", "meng.yao@jiufang.example", "+86 571 5550 8501")),
    _customer("shanhai", "山海民宿", "basic", "zh", HOSPITALITY, SOUTH,
              ("韦明", "wei.ming@shanhai.example", "+86 773 5550 8601")),
    _customer("tongxin", "同心大药房", "standard", "zh", RETAIL, NORTH,
              ("贾宁", "jia.ning@tongxin.example", "+86 531 5550 8701")),
    _customer("zhiweiguan", "知味馆小吃", "basic", "zh", FOOD, EAST,
              ("沈芳", "shen.fang@zhiwei.example", "+86 573 5550 8801")),
    _customer("hualin", "华林五金", "basic", "zh", WHOLESALE, WEST,
              ("冯刚", "feng.gang@hualin.example", "+86 23 5550 8901")),
    _customer("anyuan", "安远母婴", "standard", "zh", RETAIL, SOUTH,
              ("蒋文", "jiang.wen@anyuan.example", "+86 755 5550 9001")),
    _customer("leyou", "乐游乐园", "standard", "zh", SERVICES, WEST,
              ("丁琳", "ding.lin@leyou.example", "+86 28 5550 9101")),
    _customer("xiyue", "西悦花店", "basic", "zh", RETAIL, WEST,
              ("白露", "bai.lu@xiyue.example", "+86 29 5550 9201")),
    _customer("dongfang", "东方汽配", "standard", "zh", WHOLESALE, NORTH,
              ("石磊", "shi.lei@dongfang.example", "+86 431 5550 9301")),
    _customer("muzi", "木子造型", "basic", "zh", SERVICES, EAST,
              ("李木子", "li.muzi@muzi.example", "+86 25 5550 9401")),
    _customer("hengtai", "恒泰健身", "basic", "zh", SERVICES, SOUTH,
              ("梁超", "liang.chao@hengtai.example", "+86 731 5550 9501")),
    _customer("fjord-foods", "Fjord Foods AS", "standard", "en", FOOD, EUROPE,
              ("Ingrid Moen", "ingrid.moen@fjordfoods.example", "+47 55 5550 21")),
    _customer("maple-co", "Maple & Co Outfitters", "standard", "en", RETAIL, EUROPE,
              ("Grace Turner", "grace@mapleco.example", "+44 161 555 0221")),
    _customer("old-mill", "Old Mill Bakery", "basic", "en", FOOD, EUROPE,
              ("Henry Walsh", "henry@oldmill.example", "+353 1 555 0231")),
    _customer("brightside", "Brightside Pharmacies", "standard", "en", RETAIL, EUROPE,
              ("Amira Haddad", "amira.haddad@brightside.example", "+44 121 555 0241")),
    _customer("seagull", "Seagull Hotels", "standard", "en", HOSPITALITY, EUROPE,
              ("Lucas Martin", "lucas.martin@seagull.example", "+33 2 5550 0251")),
    _customer("ironwood", "Ironwood Tools", "standard", "en", WHOLESALE, EUROPE,
              ("Petra Novak", "petra.novak@ironwood.example", "+420 2 5550 261")),
    _customer("green-acre", "Green Acre Farm Shop", "basic", "en", FOOD, EUROPE,
              ("Molly Evans", "molly@greenacre.example", "+44 29 5550 271")),
    _customer("paper-lane", "Paper Lane Books", "basic", "en", RETAIL, EUROPE,
              ("Noah Fischer", "noah@paperlane.example", "+49 30 5550 281")),
    _customer("summit-gyms", "Summit Gyms", "standard", "en", SERVICES, EUROPE,
              ("Elena Rossi", "elena.rossi@summitgyms.example", "+39 02 5550 291")),
    _customer("tidewater", "Tidewater Boats", "basic", "en", SERVICES, EUROPE,
              ("Jack Morris", "jack@tidewater.example", "+44 1752 555 301")),
)  # fmt: skip
"""Two VIPs, which write much, standard customers, and small ones on trial or alone."""


@cache
def asking(language: str) -> tuple[Customer, ...]:
    """The customers of a language, each as often as it asks."""
    found = (it for it in CUSTOMERS if it.language == language)
    return tuple(it for it in found for _ in range(_WEIGHT[str(it.tier)]))
