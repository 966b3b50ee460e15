"""The invented group: Yunhe (云禾), its three brands, their shops and what they sell."""

from __future__ import annotations

from dataclasses import dataclass

from seed.observation import Json

GROUP = "云禾集团 Yunhe Group"


@dataclass(frozen=True)
class Product:
    key: str
    name: str
    category: str
    price: int  # yuan
    weight: int  # how often it is bought beside the others


@dataclass(frozen=True)
class Brand:
    key: str
    name: str
    share: float  # of all people who are its members
    letters: str  # at the start of its member numbers
    products: tuple[Product, ...]

    @property
    def mini_program(self) -> str:
        """Key of its WeChat mini program, which scopes the OpenIDs seen there."""
        return f"wx-{self.key}"


@dataclass(frozen=True)
class Shop:
    key: str
    name: str
    platform: str
    brand: str

    def as_input(self) -> Json:
        """In the shape of the contract's `ShopInput`."""
        return {"key": self.key, "name": self.name, "platform": self.platform, "brand": self.brand}


def _products(text: str) -> tuple[Product, ...]:
    rows = [line.split("|") for line in text.split("\n") if line]
    return tuple(Product(key, name, kind, int(price), int(weight)) for key, name, kind, price, weight in rows)


MUMU = Brand(
    "mumu",
    "沐沐母婴 Mumu",
    0.55,
    "MM",
    _products("""
diaper-S|云柔纸尿裤 S 码|diaper|129|5
diaper-M|云柔纸尿裤 M 码|diaper|139|8
diaper-L|云柔纸尿裤 L 码|diaper|149|10
formula-1|初萌婴儿配方奶粉 1 段|formula|298|5
formula-2|初萌较大婴儿配方奶粉 2 段|formula|288|6
formula-3|初萌幼儿配方奶粉 3 段|formula|268|6
wipes-80|云柔手口湿巾 80 抽|wipes|19|8
bottle-240|防胀气奶瓶 240 ml|feeding|89|3
stroller-lite|轻行婴儿推车|gear|899|1
"""),
)
PAWPAL = Brand(
    "pawpal",
    "爪伴 Pawpal",
    0.45,
    "PP",
    _products("""
cat-food-2kg|全价成猫粮 2 kg|cat-food|138|9
cat-litter-6l|豆腐猫砂 6 L|litter|36|10
dog-food-5kg|全价成犬粮 5 kg|dog-food|219|8
puppy-food-2kg|幼犬粮 2 kg|dog-food|128|3
cat-treats|冻干鸡肉粒|treats|49|6
dog-chew|洁齿棒|treats|29|5
deworm-tabs|体内驱虫片|health|68|4
pet-fountain|静音饮水机|gear|159|1
"""),
)
LUMI = Brand(
    "lumi",
    "鹿米家电 Lumi",
    0.50,
    "LM",
    _products("""
air-purifier-200|空气净化器 AP-200|air-purifier|1299|3
purifier-filter|AP-200 复合滤芯|filter|199|6
robot-vacuum-x1|扫地机器人 X1|robot-vacuum|2499|2
vacuum-brush|X1 主刷套装|accessory|79|5
rice-cooker-4l|IH 电饭煲 4 L|kitchen|599|4
water-purifier-600|厨下净水机 600G|water-purifier|1799|2
ro-cartridge|600G 反渗透滤芯|filter|399|5
washer-10kg|滚筒洗衣机 10 kg|washer|3299|1
"""),
)
BRANDS: tuple[Brand, ...] = (MUMU, PAWPAL, LUMI)
BRAND: dict[str, Brand] = {brand.key: brand for brand in BRANDS}
APPLIANCES = frozenset({"air-purifier", "robot-vacuum", "kitchen", "water-purifier", "washer"})

_PLATFORMS = {
    "tmall": ("tmall", "天猫旗舰店"),
    "jd": ("jd", "京东自营旗舰店"),
    "douyin": ("douyin", "抖音旗舰店"),
    "wx": ("wechat-mini-program", "微信小程序"),
    "wecom": ("wecom", "企业微信"),
    "app": ("app", "会员 App"),
    "web": ("web", "官网"),
}
_CITIES = {"shanghai": "上海", "hangzhou": "杭州", "chengdu": "成都", "guangzhou": "广州"}


def _shops() -> dict[str, Shop]:
    shops = []
    for brand in BRANDS:
        for start, (platform, kind) in _PLATFORMS.items():
            shops.append(Shop(f"{start}-{brand.key}", f"{brand.name} {kind}", platform, brand.key))
        for city, name in _CITIES.items():
            shops.append(Shop(f"store-{brand.key}-{city}", f"{brand.name} {name}专柜", "offline", brand.key))
    return {shop.key: shop for shop in shops}


SHOPS: dict[str, Shop] = _shops()
COUNTERS: dict[str, tuple[Shop, ...]] = {
    brand.key: tuple(
        shop for shop in SHOPS.values() if shop.brand == brand.key and shop.platform == "offline"
    )
    for brand in BRANDS
}
