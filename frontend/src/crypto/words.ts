/** One English word a byte: a fingerprint that two people can read to each other on the telephone. */
export const WORDS = `
acid acorn actor agent album alien alley alpha amber anchor angle ankle apple april apron arena argue armor arrow artist
aspen atlas atom attic audio aunt autumn avenue award bacon badge bagel baker bamboo banana banjo barley barn basin basket
beach beacon bean bench berry bicycle birch bishop blanket blossom bonus border bottle branch brass bread brick bridge
bronze broom bucket buffalo bugle butter button cabin cable cactus camel camera candle canoe canyon carbon cargo carpet
carrot castle cedar cello chalk cherry chess circus citrus clarinet clay clock cloud clover coconut coffee comet compass
copper coral cotton cousin crane crayon cricket crown crystal cycle dairy daisy dance desert diamond dinner dolphin donkey
dragon drawer drum eagle earth easel echo elbow elder ember empire engine evening fabric falcon farmer feather fence fern
ferry fiddle flame flint flute forest fossil fountain fox galaxy garden garlic gazelle ginger giraffe glacier glove goose
granite grape gravel guitar hammer harbor harvest hazel helmet heron hickory honey horizon hotel hunter iceberg indigo
iron island ivory jacket jaguar jasmine jewel jungle kettle kitchen kite ladder lagoon lantern lemon leopard library
lilac lily lion lizard lobster locket lotus magnet mango maple marble market meadow melon mercury meteor mirror monsoon
mosaic mountain museum napkin nectar needle nickel nutmeg oasis ocean olive onion opal orange orbit orchid otter owl
oyster paddle palace panda paper parrot peacock pebble pepper piano pilot planet plum pocket poppy prairie pyramid quartz
rabbit radar rainbow ribbon river rocket saddle saffron
salmon saturn scarf shadow silver spider squirrel summer sunset temple thunder
`
  .trim()
  .split(/\s+/)
